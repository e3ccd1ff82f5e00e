/**
 * Watches whether live connections make progress, each loop its own, and tells the control thread when a path stands still.
 *
 * <p>A path is an uplink with a conversion point behind it. {@link net.hybridgateway.app.progress.PathProgress} collects
 * what the loops see of all paths, and what attempts to connect report; what it makes of that is decided by
 * {@code net.hybridgateway.scheduler.progress}.
 */
package net.hybridgateway.app.progress;
