package net.hybridgateway.app.relay;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The event loops of one process. Start once, close once. */
public final class RelayLoops implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group;
    private final List<RelayLoop> loops;
    private final AtomicInteger next = new AtomicInteger();
    private final RelayCounters counters = new RelayCounters();

    /**
     * Starts the threads.
     *
     * @param count number of loops, at least 1; more than one for each core brings nothing
     */
    public RelayLoops(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a relay needs at least one loop, not " + count);
        }
        group = new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("relay", true), EpollIoHandler.newFactory());
        loops = new ArrayList<>();
        for (EventExecutor executor : group) {
            loops.add(new RelayLoop((IoEventLoop) executor, counters));
        }
    }

    /** One loop for each core, two at most: measured, a third one only takes time from the LAN's own traffic. */
    public static RelayLoops forThisMachine() {
        return new RelayLoops(Math.min(2, Runtime.getRuntime().availableProcessors()));
    }

    /** The loops in turn. */
    public RelayLoop next() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    public List<RelayLoop> all() {
        return List.copyOf(loops);
    }

    public RelayCounters counters() {
        return counters;
    }

    /** Closes every socket that is still open, and ends the threads. */
    @Override
    public void close() {
        boolean ended = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        if (ended) {
            // Not before: as long as a loop runs, its handlers may read, and would take new buffers.
            loops.forEach(RelayLoop::close);
        }
    }
}
