/** A real broker, Mosquitto, for the gateway to be managed through: with TLS, access lists, and certificates made for it. */
package net.hybridgateway.lab.mqtt;
