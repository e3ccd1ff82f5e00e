package net.hybridgateway.lab.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Counters;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.Pause;

/** Reads both uplinks' counters ten times a second, on a thread of its own. */
final class UplinkSampler implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final House house;
    private final BiConsumer<UplinkSample, UplinkSample> view;
    private final List<UplinkSample> samples = new ArrayList<>();
    private final Thread thread = new Thread(this::sample, "uplink-sampler");
    private volatile boolean stopped;

    private UplinkSampler(House house, BiConsumer<UplinkSample, UplinkSample> view) {
        this.house = house;
        this.view = view;
    }

    /** Starts; {@code view} gets each sample but the first, with the one before it first. */
    static UplinkSampler start(House house, BiConsumer<UplinkSample, UplinkSample> view) {
        UplinkSampler sampler = new UplinkSampler(house, view);
        sampler.samples.add(sampler.now());
        sampler.thread.setDaemon(true);
        sampler.thread.start();
        return sampler;
    }

    /** The counters at this moment. */
    UplinkSample now() {
        return house.gateway()
                .call(() -> new UplinkSample(
                        System.nanoTime(),
                        Counters.read(Access.FIXED.device()),
                        Counters.read(Access.CELLULAR.device())));
    }

    private void sample() {
        while (!stopped) {
            Pause.of(PERIOD);
            UplinkSample next = now();
            UplinkSample last;
            synchronized (samples) {
                last = samples.get(samples.size() - 1);
                samples.add(next);
            }
            view.accept(last, next);
        }
    }

    /** All samples so far. */
    List<UplinkSample> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
