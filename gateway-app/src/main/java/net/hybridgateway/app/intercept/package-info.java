/**
 * The LAN's TCP connections: taken in by the kernel's transparent proxy, carried to where they wanted to go.
 *
 * <p>A connection is accepted before its server has answered, for that is how tproxy works; a server that refuses is
 * therefore seen by the LAN host as a reset after the handshake. What the host sends meanwhile is passed on at once, and
 * a copy is kept until the conversion point has answered: if it turns out that the conversion point did not take the
 * connection, the copy is sent to the server directly.
 *
 * <pre>
 *              accepted
 *                 │
 *        route?───┴──── none ──────────────▶ direct
 *          │                                  ▲  │
 *          ▼                                  │  ▼
 *       dialling ── not taken, no other way ──┘ relaying ──▶ closed
 *        │ │──── not taken, uplink gone ──▶ dialling over the next uplink or conversion point
 *        │ └──── server refused, or unclear ──▶ reset
 *        ▼
 *       relaying ──▶ closed
 * </pre>
 */
package net.hybridgateway.app.intercept;
