package net.hybridgateway.mgmt.status;

/**
 * Connections in numbers.
 *
 * @param active relayed now
 * @param bonded of these, MPTCP through a conversion point
 * @param direct of these, without a conversion point
 * @param total taken since the start
 */
public record ConnectionTotals(int active, int bonded, int direct, long total) {}
