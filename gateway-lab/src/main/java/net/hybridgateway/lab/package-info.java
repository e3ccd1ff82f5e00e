/**
 * The lab: networks of namespaces, a demo and tests on a real kernel. Not shipped.
 *
 * <p>{@code lab.net} builds a house with two uplinks, an internet and a conversion point; {@code lab.web} is the web
 * server in it; {@code lab.traffic} fills it with connections; {@code lab.product} starts the gateway and the conversion
 * point as processes; {@code lab.demo} shows and measures what they do, {@code lab.trial} holds them to what was promised,
 * {@code lab.bench} compares them with others.
 */
package net.hybridgateway.lab;
