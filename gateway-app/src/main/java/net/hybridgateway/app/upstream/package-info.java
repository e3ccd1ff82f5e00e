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
 * <p>{@link net.hybridgateway.app.upstream.ServerBypass} knows the servers that need no conversion point, from the replies
 * of conversion points and from the {@link net.hybridgateway.app.upstream.BypassDial}s to them.
 *
 * <p>{@code PointOrder} is the order among the conversion points, {@code PathHealth} whether one may be used over an uplink
 * now, {@code PointPause} a pause that it asked for, {@code HandshakeMemory} what of the handshake gets through. A conversion
 * point that is down, and a handshake that lost something, are tried again by Info requests, never by a user's connection:
 * {@link net.hybridgateway.app.upstream.QuestionClock} wakes when one is due.
 *
 * <p>Beside the connections, {@link net.hybridgateway.app.upstream.Prober} asks conversion points for a sign of life when
 * the policy engine wants to know.
 */
package net.hybridgateway.app.upstream;
