/** TODO. */
package net.hybridgateway.app;
