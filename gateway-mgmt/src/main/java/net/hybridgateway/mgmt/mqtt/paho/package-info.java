/**
 * {@link net.hybridgateway.mgmt.mqtt.BrokerLink} over Eclipse Paho, and TLS. Nothing outside knows Paho.
 *
 * <p>Of Paho, the codec and the acknowledgments are used, and neither its sockets nor its TLS, its timers or its
 * reconnection: {@code BrokerSocket} is the socket that it is given, connected and encrypted in our own way. Each client has
 * three threads of Paho's: one receives, one sends, one calls back.
 *
 * <p>Two habits of Paho 1.2.5 are worked around: it loses a thread for ever if the broker hangs up before the receiver is
 * seen running (eclipse-paho/paho.mqtt.java#850), see {@code BrokerSocket}; and it allocates as much as the header of a message
 * asks for, see {@code MessageBound}.
 */
package net.hybridgateway.mgmt.mqtt.paho;
