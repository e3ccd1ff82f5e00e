package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;

/** Many connections of one host, each with a short message now and then, on one thread. */
public final class Crowd implements AutoCloseable {
    private static final Duration BETWEEN_TWO = Duration.ofMillis(3);
    private static final int CONNECT_MILLIS = 30_000;

    private final List<Voice> voices;
    private final long periodNanos;
    private final Selector selector;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "crowd");
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16 * 1024);
    private volatile boolean closed;

    private Crowd(List<Voice> voices, Duration period, Selector selector) {
        this.voices = voices;
        this.periodNanos = period.toNanos();
        this.selector = selector;
        thread.setDaemon(true);
    }

    /** Connects all of them, one after the other, and then lets them speak in turn, each once in {@code period}. */
    public static Crowd gather(Node host, int port, int count, Duration period) throws IOException {
        Selector selector = Selector.open();
        List<Voice> voices = new ArrayList<>();
        try {
            for (SocketChannel channel : host.call(() -> open(count))) {
                voices.add(new Voice(channel, voices.size()));
            }
            for (Voice voice : voices) {
                voice.channel().socket().connect(new InetSocketAddress(House.webIpv4(), port), CONNECT_MILLIS);
                voice.channel().setOption(StandardSocketOptions.TCP_NODELAY, true);
                voice.channel().configureBlocking(false).register(selector, SelectionKey.OP_READ, voice);
                // Not all at once: a SYN that gets lost in a crush costs its connection Multipath TCP (0-RTT), and this
                // is
                // about breaks.
                Pause.of(BETWEEN_TWO);
            }
            Crowd crowd = new Crowd(voices, period, selector);
            crowd.thread.start();
            return crowd;
        } catch (IOException e) {
            for (Voice voice : voices) {
                voice.channel().close();
            }
            selector.close();
            throw e;
        }
    }

    private static List<SocketChannel> open(int count) throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            channels.add(SocketChannel.open());
        }
        return channels;
    }

    private void run() {
        long start = System.nanoTime();
        long spoken = 0;
        try {
            while (!closed) {
                selector.select(this::hear, 1);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                long due = (System.nanoTime() - start) / (periodNanos / voices.size());
                // After a long pause of this thread, everybody speaks once, not many times.
                spoken = Math.max(spoken, due - voices.size());
                for (; spoken < due; spoken++) {
                    voices.get((int) (spoken % voices.size())).speak();
                }
            }
            for (Voice voice : voices) {
                voice.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hear(SelectionKey key) {
        ((Voice) key.attachment()).hear(buffer, System.nanoTime());
    }

    /** From now on, only an answer to what is sent from now on counts. */
    public void markBreak() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        tasks.add(() -> {
            voices.forEach(Voice::markBreak);
            done.complete(true);
        });
        selector.wakeup();
        done.join();
    }

    /** How many there are of which this holds. */
    public int count(Predicate<Voice> condition) {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        tasks.add(() -> count.complete((int) voices.stream().filter(condition).count()));
        selector.wakeup();
        return count.join();
    }

    /** Seconds from {@code sinceNanos} until each made progress again; infinite for one that has not yet. */
    List<Double> secondsUntilAgain(long sinceNanos) {
        CompletableFuture<List<Double>> seconds = new CompletableFuture<>();
        tasks.add(() -> seconds.complete(voices.stream()
                .map(voice -> voice.againNanos().isPresent()
                        ? (voice.againNanos().getAsLong() - sinceNanos) / 1e9
                        : Double.POSITIVE_INFINITY)
                .toList()));
        selector.wakeup();
        return seconds.join();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
