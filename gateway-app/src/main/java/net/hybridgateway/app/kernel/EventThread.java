package net.hybridgateway.app.kernel;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.hybridgateway.netlink.MalformedMessageException;
import net.hybridgateway.netlink.NetlinkClosedException;
import net.hybridgateway.netlink.NetlinkException;
import org.tinylog.Logger;

/**
 * A thread that waits for one kind of kernel event and hands each on. It decides nothing.
 *
 * <p>The monitor must be open before the thread starts: events count from the moment of opening.
 */
public final class EventThread<E> {
    private final Thread thread;
    private final AutoCloseable monitor;

    /**
     * Prepares the thread.
     *
     * @param next waits for the next event; {@link NetlinkClosedException} ends the thread
     * @param monitor closed to end the wait
     * @param handler called on this thread with each event
     */
    public EventThread(String name, Supplier<E> next, AutoCloseable monitor, Consumer<E> handler) {
        this.monitor = monitor;
        this.thread = new Thread(() -> run(next, handler), name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run(Supplier<E> next, Consumer<E> handler) {
        UrgentThread.begin();
        while (true) {
            try {
                handler.accept(next.get());
            } catch (NetlinkClosedException e) {
                return;
            } catch (MalformedMessageException | IllegalArgumentException e) {
                // One message that makes no sense is no reason to miss all others.
                Logger.warn("{}: {}", thread.getName(), e.getMessage());
            } catch (NetlinkException e) {
                Logger.error("{}: {}; no more events will be seen", thread.getName(), e.getMessage());
                return;
            }
        }
    }

    /** Ends the wait and the thread. */
    public void stop() throws Exception {
        monitor.close();
        thread.join(TimeUnit.SECONDS.toMillis(2));
    }
}
