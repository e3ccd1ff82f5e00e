/**
 * When an uplink with the use {@code overflow} helps: which transfers would gain, and whether they did. Pure, like all of
 * this module.
 */
package net.hybridgateway.scheduler.overflow;
