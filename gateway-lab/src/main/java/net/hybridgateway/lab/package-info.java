/** TODO. */
package net.hybridgateway.lab;
