/**
 * Which connection may do what: the user's traffic rules, matched once when a connection begins. Pure, like all of this
 * module.
 */
package net.hybridgateway.scheduler.traffic;
