/**
 * What there is to show: immutable records, one tree for the whole gateway, one list for its connections and one for what
 * happened, with their JSON and their text for terminals.
 *
 * <p>The JSON is an outside face: the command line, MQTT and the web page show the same document. Names and units of its
 * fields never change their meaning; fields are added, and always come in the same order; what is not known is absent,
 * never null. Enum constants are written in lower case with hyphens.
 *
 * <p>The application implements {@link net.hybridgateway.mgmt.status.StatusSource}. Nothing here asks the kernel or a
 * clock.
 */
package net.hybridgateway.mgmt.status;
