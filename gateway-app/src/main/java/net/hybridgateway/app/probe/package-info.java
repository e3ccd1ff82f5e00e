/**
 * What the network does to Multipath TCP on a way to a conversion point: all of it for {@code hybrid-gateway probe}, and as much as
 * new connections need to know whenever the router asks.
 *
 * <pre>
 *   mgmt ── begin ──▶ ProbeRunner (thread "probe") ── for each uplink and address ──▶ PathProbe ── facts ──▶ ProbeJudge
 *                         ▲                                                             │
 *                         └── ProbeConnections ◀── netlink-mptcp                        └── sockets of its own
 *
 *   UpstreamRouter ── examine ──▶ HandshakeExaminer (threads "questions") ──▶ PathProbe ──▶ HandshakeJudge ──▶ PathMemory
 * </pre>
 *
 * <p>{@link net.hybridgateway.app.probe.PathProbe} only sees, {@link net.hybridgateway.app.probe.ProbeJudge} only thinks.
 * The connections of a probe are kept from the policy engine: {@link net.hybridgateway.app.probe.ProbeConnections} takes
 * their events.
 *
 * <p>{@code hybrid-gateway drill}: whether a backup works. {@link net.hybridgateway.app.probe.DrillRunner} (thread "drill")
 * has {@link net.hybridgateway.app.probe.DrillPath} move a connection there;
 * {@link net.hybridgateway.app.probe.DrillSchedule} says when that happens by itself.
 */
package net.hybridgateway.app.probe;
