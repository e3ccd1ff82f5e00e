/** Management over MQTT with a real broker. */
package net.hybridgateway.lab.mqtt;
