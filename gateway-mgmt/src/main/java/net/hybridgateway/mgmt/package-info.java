/** TODO. */
package net.hybridgateway.mgmt;
