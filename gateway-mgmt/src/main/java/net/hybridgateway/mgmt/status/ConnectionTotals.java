package net.hybridgateway.mgmt.status;

/**
 * Connections in numbers.
 *
 * @param active relayed now
 * @param bonded of these, MPTCP through a conversion point
 * @param bypass of these, MPTCP to servers that speak it themselves, without a conversion point
 * @param direct of these, TCP without a conversion point
 * @param total taken since the start
 * @param buffers memory blocks that connections hold now, for a slow reader or an unfinished handshake
 */
public record ConnectionTotals(int active, int bonded, int bypass, int direct, long total, long buffers) {}
