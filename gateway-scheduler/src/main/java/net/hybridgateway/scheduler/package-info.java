/** TODO. */
package net.hybridgateway.scheduler;
