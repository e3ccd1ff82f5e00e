/** The demo's arithmetic, command line and pictures, without a network. */
package net.hybridgateway.lab.demo;
