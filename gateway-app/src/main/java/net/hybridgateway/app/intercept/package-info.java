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
 *        route?───┴──── none, or by rule ──▶ direct
 *          │   └─ bypass ──▶ relaying         ▲  │
 *          ▼ ◀──────┘ failed                  │  ▼
 *       dialling ── not taken, no other way ──┘ relaying ──▶ closed
 *        │ │──── not taken, uplink gone ──▶ dialling over the next uplink or conversion point
 *        │ └──── server refused, or unclear ──▶ reset
 *        ▼
 *       relaying ──▶ closed
 * </pre>
 *
 * <p>A connection to a server that is known to speak Multipath TCP bypasses the conversion point. It says nothing to the
 * server before that has answered in Multipath TCP; if it does not, the connection is dialled like any other.
 *
 * <p>Each connection is judged once by the user's rules: whether it goes through a conversion point at all, and which
 * uplinks may carry it. The engine hears of that as soon as the connection has a token.
 */
package net.hybridgateway.app.intercept;
