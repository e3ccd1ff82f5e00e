/**
 * The local page in a real browser: Debian's Chromium, driven through chromedriver, in the namespace of a LAN host where the
 * real gateway serves it.
 *
 * <p>Screenshots are left in {@code target/screenshots}, for people to look at. What people would not see, axe-core looks
 * for: missing names, low contrast, wrong roles.
 */
package net.hybridgateway.lab.page;
