/**
 * {@code ./dev demo}: shows what hybrid-gateway does, and measures it, in a few minutes on one machine.
 *
 * <p>Each line alone with plain TCP, then both through the gateway, then a download during which the fixed line breaks and
 * comes back: first with cellular sharing the load ({@code always}), then with cellular off until needed
 * ({@code on-demand}). All downloads run from the LAN host, by the same client, over the same lines.
 */
package net.hybridgateway.lab.demo;
