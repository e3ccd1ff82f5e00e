/**
 * Management from afar over MQTT. What is sent where stands in docs/mqtt.md.
 *
 * <p>{@link net.hybridgateway.mgmt.mqtt.MqttSession} decides everything and touches nothing: it is told what happened and
 * what time it is, and gives {@link net.hybridgateway.mgmt.mqtt.SessionAction}s.
 * {@link net.hybridgateway.mgmt.mqtt.MqttAgent} carries them out on the thread "mqtt", through a
 * {@link net.hybridgateway.mgmt.mqtt.BrokerLink} for each connection; the package {@code paho} has the real ones.
 *
 * <pre>
 *   status, events ─┐                                        ┌─▶ BrokerLink ─▶ broker
 *   clock ──────────┼─▶ MqttAgent ─▶ MqttSession ─▶ actions ─┤
 *   broker ─────────┘      ▲                                 └─▶ ControlCommands
 *                          └───────────── answers ◀───────────────┘
 *
 *   MqttSession:  ConnectionPlan   which broker, when
 *                 EventStore       events until they are delivered
 *                 StateFeed        when the state is worth a message
 *                 CommandDesk      which commands are carried out
 *                 DesiredConfig    desired settings: tried, confirmed, taken back
 *                 DataBudget       what it all costs over cellular
 * </pre>
 */
package net.hybridgateway.mgmt.mqtt;
