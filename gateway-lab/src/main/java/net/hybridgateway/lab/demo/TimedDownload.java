package net.hybridgateway.lab.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.traffic.ProgressLog;
import net.hybridgateway.lab.web.Download;

/** A download of the LAN host from the web server, on a thread of its own, given up when it stands still for too long. */
final class TimedDownload {
    static final int WEB_PORT = 80;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration STALL = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Download download;
    private final CompletableFuture<Optional<String>> end;

    private TimedDownload(Download download) {
        this.download = download;
        this.end = CompletableFuture.supplyAsync(this::run);
    }

    static TimedDownload start(House house, long length) {
        return new TimedDownload(house.lanHost(0).call(() -> {
            InetAddress any = InetAddress.getByName("0.0.0.0");
            return Download.open(any, new InetSocketAddress(House.webIpv4(), WEB_PORT), length, CONNECT);
        }));
    }

    private Optional<String> run() {
        try {
            download.run();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    boolean isRunning() {
        return !end.isDone();
    }

    /** Waits for the end and says why it died, if it did. */
    Optional<String> awaitEnd() {
        long seen = download.received();
        long seenNanos = System.nanoTime();
        boolean stalled = false;
        while (isRunning()) {
            Pause.of(POLL);
            long now = System.nanoTime();
            if (download.received() != seen) {
                seen = download.received();
                seenNanos = now;
            } else if (!stalled && now - seenNanos > STALL.toNanos()) {
                stalled = true;
                hangUp();
            }
        }
        hangUp();
        Optional<String> failure = failure();
        return stalled ? Optional.of("no byte came for " + STALL.toSeconds() + " s") : failure;
    }

    private Optional<String> failure() {
        try {
            return end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        } catch (ExecutionException e) {
            throw new LabException("the download failed: " + e.getCause(), e);
        }
    }

    private void hangUp() {
        try {
            download.close();
        } catch (IOException e) {
            throw new LabException("cannot close the download", e);
        }
    }

    /** True if every byte came and was right; asked once, after the end. */
    boolean isExact() {
        return download.isExact();
    }

    ProgressLog progress() {
        return download.progress();
    }

    long received() {
        return download.received();
    }
}
