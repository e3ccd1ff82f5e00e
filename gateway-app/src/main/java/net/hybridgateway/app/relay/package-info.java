/**
 * Carries bytes between two sockets on Netty's event loops, without a Netty channel per socket.
 *
 * <p>An {@link net.hybridgateway.app.relay.Endpoint} is one non-blocking socket with what is known of its readiness; it
 * calls an {@link net.hybridgateway.app.relay.EndpointHandler}. A handshake is such a handler, and so is a {@link
 * net.hybridgateway.app.relay.Relay}, which joins two endpoints and pumps both ways until both ends are done:
 *
 * <pre>
 *   Endpoint a ──▶ Direction a→b ──▶ Endpoint b
 *   Endpoint a ◀── Direction b→a ◀── Endpoint b
 * </pre>
 *
 * <p><b>Threads.</b> Everything here belongs to one {@link net.hybridgateway.app.relay.RelayLoop}: both sockets of a
 * connection live on the same loop, so there are no locks. Only counters are read from elsewhere.
 *
 * <p><b>Memory.</b> All connections of a loop share one buffer. A connection owns memory only while one of its readers is
 * slow: at most one buffer's worth for each direction, and while that waits nothing more is read from the other side.
 */
package net.hybridgateway.app.relay;
