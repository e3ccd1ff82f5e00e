/**
 * The status as metrics, in the text format 0.0.4 of Prometheus. Names and meanings stay; docs/operations.md lists them.
 *
 * <p>Pure: a status goes in, text comes out.
 */
package net.hybridgateway.mgmt.metrics;
