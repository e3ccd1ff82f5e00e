/** Tests of what is decided about machines, without starting one. */
package net.hybridgateway.lab.guest;
