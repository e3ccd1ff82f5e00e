/**
 * The command line: what each command takes, prints and returns.
 *
 * <p>Exit codes are 0 for done, 1 for failed and 2 for a call that cannot be understood. A user's mistake gets one line
 * on standard error, never a stack trace.
 */
package net.hybridgateway.app.cli;
