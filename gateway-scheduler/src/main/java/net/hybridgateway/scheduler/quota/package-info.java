/**
 * What an uplink may still carry: its quota for each billing period, its hours, and how often its cellular session may be
 * woken. Pure, like all of this module; wall-clock time and monotonic time are arguments, for a gateway's wall clock is
 * often wrong.
 */
package net.hybridgateway.scheduler.quota;
