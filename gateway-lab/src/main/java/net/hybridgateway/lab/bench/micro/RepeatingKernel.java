package net.hybridgateway.lab.bench.micro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.netlink.NetlinkSocket;

/** A netlink socket whose kernel always says the same: as an answer to each request, or unasked. */
final class RepeatingKernel implements NetlinkSocket {
    /** Where {@code struct nlmsghdr} has its {@code nlmsg_seq}. */
    private static final int SEQUENCE = 8;

    private final byte[] says;
    private int lastSequence;

    /** @param says one datagram with messages of the same length, each of which gets the sequence of the last request */
    RepeatingKernel(ByteBuffer says) {
        this.says = new byte[says.remaining()];
        says.duplicate().get(this.says);
    }

    @Override
    public void send(ByteBuffer datagram) {
        lastSequence = datagram.order(ByteOrder.nativeOrder()).getInt(SEQUENCE);
    }

    /** As the real socket: the caller may keep what it gets. */
    @Override
    public Optional<ByteBuffer> receive(Duration timeout) {
        ByteBuffer datagram = ByteBuffer.wrap(says.clone()).order(ByteOrder.nativeOrder());
        for (int start = 0; start < says.length; start += datagram.getInt(start)) {
            datagram.putInt(start + SEQUENCE, lastSequence);
        }
        return Optional.of(datagram);
    }

    @Override
    public void joinGroup(int group) {}

    @Override
    public void leaveGroup(int group) {}

    @Override
    public void close() {}
}
