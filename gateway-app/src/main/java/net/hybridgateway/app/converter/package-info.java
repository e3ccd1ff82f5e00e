/**
 * A conversion point: the other half of hybrid access, for the lab and for people who run one on a server of their own.
 *
 * <p>It listens for Multipath TCP with data in the SYN, reads the Convert request (RFC 8803), connects to the server that
 * the gateway asks for over plain TCP, answers only after that server has answered, and relays.
 *
 * <pre>
 *   accepted ──▶ reading the request ──▶ connecting to the server ──▶ answering ──▶ relaying
 *                     │                        │                          │
 *                     │                        └── refused, unreachable ──┤ (waits until TCP is ESTABLISHED)
 *                     └── malformed, refused by policy, no cookie ────────┴──▶ error, then an orderly end
 * </pre>
 *
 * <p>The wait before the answer is not politeness: a Linux server that writes on a Fast Open socket before the third ACK
 * of the handshake stalls for ever.
 */
package net.hybridgateway.app.converter;
