package net.hybridgateway.lab.trial;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.web.PageVisit;

/** Page after page at a steady pace, whether the ones before have come or not, as people open them. */
final class PageLoads implements AutoCloseable {
    private static final int SMALLEST = 500;
    private static final int LARGEST = 60_000;

    private final Node host;
    private final InetSocketAddress server;
    private final Duration period;
    private final List<CompletableFuture<PageVisit>> visits = new ArrayList<>();
    private final ExecutorService visitors = Executors.newCachedThreadPool(PageLoads::daemon);
    private final Thread pace = new Thread(this::openAll, "page-loads");
    private volatile boolean stopped;

    private PageLoads(Node host, InetSocketAddress server, Duration period) {
        this.host = host;
        this.server = server;
        this.period = period;
        pace.setDaemon(true);
    }

    static PageLoads start(Node host, InetSocketAddress server, Duration period) {
        PageLoads loads = new PageLoads(host, server, period);
        loads.pace.start();
        return loads;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "page-visit");
        thread.setDaemon(true);
        return thread;
    }

    private void openAll() {
        // The same sizes in every run.
        Random sizes = new Random(0);
        long next = System.nanoTime();
        while (!stopped) {
            int bytes = SMALLEST + sizes.nextInt(LARGEST - SMALLEST);
            synchronized (visits) {
                visits.add(CompletableFuture.supplyAsync(() -> PageVisit.make(host, server, bytes), visitors));
            }
            next += period.toNanos();
            while (!stopped && System.nanoTime() - next < 0) {
                sleepUntil(next);
            }
        }
    }

    private static void sleepUntil(long nanos) {
        long left = nanos - System.nanoTime();
        try {
            Thread.sleep(Math.max(0, left / 1_000_000), (int) Math.max(0, left % 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    /** Opens no more, and gives all that were opened once they have ended. */
    List<PageVisit> finish() {
        stopped = true;
        try {
            pace.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
        List<PageVisit> ended = new ArrayList<>();
        synchronized (visits) {
            visits.forEach(visit -> ended.add(visit.join()));
        }
        return ended;
    }

    @Override
    public void close() {
        stopped = true;
        visitors.shutdownNow();
    }
}
