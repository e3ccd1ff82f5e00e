package net.hybridgateway.netlink;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends and receives netlink datagrams. {@link LinuxNetlinkSocket} talks to the kernel; tests put a function there.
 *
 * <p>One thread receives at a time. {@link #close()} may be called from any thread and ends a receive that waits.
 */
public interface NetlinkSocket extends AutoCloseable {
    /** As a time-out: wait for ever. */
    Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /**
     * Sends the bytes between position and limit as one datagram to the kernel.
     *
     * @throws NetlinkException if the kernel does not take it
     */
    void send(ByteBuffer datagram);

    /**
     * Waits for one datagram.
     *
     * @param timeout how long at most; zero only looks, {@link #FOREVER} does not give up
     * @return the whole datagram, whatever its length, which the caller may keep; empty when the time is over
     * @throws EventsLostException    if the kernel had to drop messages before this point
     * @throws NetlinkClosedException if the socket is or becomes closed
     */
    Optional<ByteBuffer> receive(Duration timeout);

    /** Subscribes to a multicast group by its number (not its bit). */
    void joinGroup(int group);

    /** Ends a subscription. */
    void leaveGroup(int group);

    /** Closes the socket. Closing twice does nothing. */
    @Override
    void close();
}
