/** The edge towards brokers, with files and servers made for the tests. */
package net.hybridgateway.mgmt.mqtt.paho;
