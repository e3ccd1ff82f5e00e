/**
 * The one way to change the configuration, whoever asks for it: control socket, web page or MQTT.
 *
 * <pre>
 * settings-change ── SettingsEditor (pure) ──&gt; new text ── ConfigReader ──&gt; GatewayConfig ── LiveGateway
 *                                                 │                                             │
 *                                        SettingsStore (files)                       what needs a restart
 * </pre>
 *
 * <p>{@link net.hybridgateway.mgmt.settings.Settings} owns it all on one thread. Nothing is written before the whole was
 * found good; then the file comes first and the running gateway second, and if that refuses, both are as they were.
 *
 * <p>A change may be on trial: it goes back by itself unless {@code settings-confirm} comes in time, and also if the program
 * ends before. Three files outlive a restart, two of them in the state folder: the configuration itself, {@code settings}
 * (the revision, and what to go back to), and {@code config.good}, the last configuration that worked.
 */
package net.hybridgateway.mgmt.settings;
