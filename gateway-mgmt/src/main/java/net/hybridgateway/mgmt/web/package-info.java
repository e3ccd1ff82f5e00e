/**
 * The local page: a small HTTP/1.1 server, the files of the page, and who may see them.
 *
 * <p>Everything that the page shows and changes goes through the table of {@link net.hybridgateway.mgmt.control}, as the
 * command line does; {@code WebSite} lists the paths. One event loop, "web", owns connections and sessions; "web-work"
 * answers commands and "web-password" hashes passwords, and both end when they are not needed. While a window is open, it
 * gets the status once a second as a server-sent event; while none is, nothing is worked out.
 *
 * <p>Who gets through, in order:
 *
 * <ol>
 *   <li>{@code LanRule}: clients from home, and never those who come in by an uplink;
 *   <li>{@code ConnectionTable}, {@code WebLimits}: not too many, not too large, not too slow;
 *   <li>{@code OriginRule}: our own page in the browser, reached by an address or name that is ours;
 *   <li>{@code Account}: who knows the password. Until one was chosen there is nothing but the page to choose it.
 * </ol>
 *
 * <p>What the page does with it is written in ECMAScript modules in {@code page/}, without a framework and without a build;
 * all its sentences are in {@code texts.js}.
 */
package net.hybridgateway.mgmt.web;
