/**
 * The running gateway: who is started when, which thread owns what, and what can be told of it all.
 *
 * <pre>
 *   netlink-route ──▶┐                       ┌──▶ PathManagerCommands, PolicyRouting   (kernel)
 *   netlink-mptcp ──▶┤ control: EngineDriver ├──▶ UpstreamRouter                       (relay loops)
 *   mgmt: questions ▶┘     PolicyEngine      └──▶ StatusReporter                       (mgmt)
 * </pre>
 *
 * <p>What the configuration says is followed while connections run: {@code SettingsThread} owns the settings,
 * {@code LiveSettings} says what waits for a restart, and {@code LiveConfig} leads the parts over that have told it that they
 * follow.
 */
package net.hybridgateway.app.daemon;
