/**
 * The gateway's own connections, carried like those of the LAN: through the conversion point, and over to the other uplink when
 * one breaks.
 *
 * <p>A socket of the Java library cannot be a Multipath TCP connection with a Convert handshake. So it connects to a
 * listener on the loopback interface, and what is accepted there is relayed as an intercepted connection:
 *
 * <pre>
 *   MQTT client ── 127.0.0.1 ──▶ OwnConnections ──▶ Interceptor ── Multipath TCP ──▶ conversion point ──▶ broker
 * </pre>
 *
 * <p>The listener takes connections of this process only: it knows the port that each of them comes from before it comes.
 */
package net.hybridgateway.app.own;
