/**
 * The way from the gateway to the conversion point, one connection at a time: which conversion point over which uplink,
 * with data in the SYN or after it, and what was learnt from the attempts before.
 *
 * <pre>
 *   UpstreamRouter ──▶ Ways ──▶ HedgedDial ──▶ accepted: a connected Endpoint, ready for the relay
 *        ▲                      │ one or two │
 *        └───── PathMemory ◀── ConverterDials ──▶ failed: may the LAN's bytes be sent again, directly?
 * </pre>
 *
 * <p>Beside the connections, {@link net.hybridgateway.app.upstream.Prober} asks conversion points for a sign of life when
 * the policy engine wants to know.
 */
package net.hybridgateway.app.upstream;
