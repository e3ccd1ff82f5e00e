package net.hybridgateway.app.daemon;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import net.hybridgateway.app.intercept.TransferReading;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.UplinkUse;
import net.hybridgateway.scheduler.overflow.LoadSample;

/**
 * Measures how busy the house is, twice a second, but only while an overflow uplink could help and some connection moves
 * at least 0.5 Mbit/s. In between it sleeps: the loops ring when there is load again.
 *
 * <p>Runs on the control thread, and never waits for a loop.
 */
final class LoadMeter {
    /** What half a megabit per second moves in a second: with less, no transfer gets help. */
    static final long BUSY_BYTES = 62_500;

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final long BUSY_BYTES_A_PERIOD = BUSY_BYTES / 2;
    private static final int QUIET_LOOKS = 2;
    private static final int MOST_TRANSFERS = 16;

    /** What it measures. */
    interface House {
        /** Calls the listener, on any thread, when connections have moved so much within a second. */
        void ringWhenBusy(Runnable listener, long bytes);

        /** Gives the connections that moved most to the answer, on any thread. */
        void readBusiest(int most, Consumer<List<TransferReading>> answer);

        /** What each uplink's device has carried. Asked on the control thread. */
        Map<String, UplinkBytes.Count> uplinkBytes();

        /** Runs a task, on any thread, after a delay. */
        void after(Duration delay, Runnable task);
    }

    private enum State {
        /** No overflow uplink could help. */
        OFF,
        /** The loops will ring. */
        SLEEPING,
        MEASURING
    }

    private final House house;
    private final Executor control;
    private final Consumer<LoadSample> listener;
    private final LongSupplier nanoTime;
    private final LoadRates rates = new LoadRates();
    private final Map<InetAddress, String> uplinkOf = new HashMap<>();
    private State state = State.OFF;
    private boolean helpful;
    private int quietLooks;

    /**
     * @param control runs what it is given on the control thread
     * @param listener is given each sample, on the control thread
     */
    LoadMeter(House house, Executor control, Consumer<LoadSample> listener, LongSupplier nanoTime) {
        this.house = house;
        this.control = control;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    /** The uplinks have changed. */
    void pathsChanged(List<InitialPath> paths) {
        uplinkOf.clear();
        for (InitialPath path : paths) {
            path.sources().forEach(source -> uplinkOf.put(source, path.uplink()));
        }
        helpful = paths.stream()
                .anyMatch(path ->
                        path.use() == UplinkUse.OVERFLOW && path.allowance() == Allowance.FREE && !path.onTrial());
        if (helpful && state == State.OFF) {
            sleep();
        }
    }

    private void sleep() {
        state = State.SLEEPING;
        house.ringWhenBusy(() -> control.execute(this::wake), BUSY_BYTES);
    }

    private void wake() {
        if (state != State.SLEEPING) {
            return;
        }
        if (helpful) {
            state = State.MEASURING;
            quietLooks = 0;
            rates.forget();
            look();
        } else {
            state = State.OFF;
        }
    }

    private void look() {
        house.readBusiest(MOST_TRANSFERS, readings -> control.execute(() -> looked(readings)));
    }

    private void looked(List<TransferReading> readings) {
        rates.look(uplinkOf, house.uplinkBytes(), readings, nanoTime.getAsLong())
                .ifPresent(listener);
        boolean busy = readings.stream().anyMatch(reading -> reading.moved() >= BUSY_BYTES_A_PERIOD);
        quietLooks = busy ? 0 : quietLooks + 1;
        if (!helpful) {
            state = State.OFF;
        } else if (quietLooks >= QUIET_LOOKS) {
            sleep();
        } else {
            house.after(PERIOD, () -> control.execute(this::look));
        }
    }
}
