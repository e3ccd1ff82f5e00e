/** Management over MQTT, with a virtual clock and a broker made of method calls. */
package net.hybridgateway.mgmt.mqtt;
