/**
 * The log of the program: lines on standard error, for procd or systemd to keep, and the last of them in memory, for a
 * report. Its level is switched while the program runs, and goes back by itself.
 *
 * <p>The logging library makes the writer by its name in tinylog.properties; there is one log for the whole program, and
 * {@link net.hybridgateway.app.log.ProgramLog} is the way to it.
 */
package net.hybridgateway.app.log;
