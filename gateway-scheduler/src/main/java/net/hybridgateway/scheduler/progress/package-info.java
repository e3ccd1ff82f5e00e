/**
 * Whether live connections still make progress: the signal that finds a line which goes silent without losing its carrier.
 *
 * <p>{@link net.hybridgateway.scheduler.progress.StallJudge} looks at one subflow, as the kernel's {@code struct tcp_info}
 * has it, and says when nothing has come for longer than its round trips explain. {@link
 * net.hybridgateway.scheduler.progress.PathJudge} hears that of all subflows on one path, and says when the path itself is
 * to be suspected: as long as one of them gets bytes or acknowledgments through, the others wait for something else, such
 * as a slow server.
 *
 * <p>Pure, like all of this module: time is an argument, and the order of calls is all there is.
 */
package net.hybridgateway.scheduler.progress;
