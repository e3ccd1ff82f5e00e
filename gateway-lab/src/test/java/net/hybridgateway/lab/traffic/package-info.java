/** Flows over loopback, and what their logs say. */
package net.hybridgateway.lab.traffic;
