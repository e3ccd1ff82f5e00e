package net.hybridgateway.netlink.mptcp;

import java.net.InetSocketAddress;

/**
 * The two ends of a subflow. IPv4 addresses are {@link java.net.Inet4Address}, whatever the family of the socket.
 *
 * @param local    this host's end
 * @param localId  the number of its address; {@link AddressId#INITIAL} if the kernel does not tell
 * @param remote   the peer's end
 * @param remoteId the peer's number of its address
 */
public record SubflowPath(InetSocketAddress local, AddressId localId, InetSocketAddress remote, AddressId remoteId) {
    @Override
    public String toString() {
        return text(local) + " (id " + localId + ") to " + text(remote) + " (id " + remoteId + ")";
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + " port " + address.getPort();
    }
}
