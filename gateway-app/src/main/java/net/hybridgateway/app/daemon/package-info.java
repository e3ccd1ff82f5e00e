/**
 * The running gateway: who is started when, which thread owns what, and what can be told of it all.
 *
 * <pre>
 *   netlink-route ──▶┐                       ┌──▶ PathManagerCommands, PolicyRouting   (kernel)
 *   netlink-mptcp ──▶┤ control: EngineDriver ├──▶ UpstreamRouter                       (relay loops)
 *   mgmt: questions ▶┘     PolicyEngine      └──▶ StatusReporter                       (mgmt)
 * </pre>
 */
package net.hybridgateway.app.daemon;
