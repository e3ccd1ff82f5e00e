package net.hybridgateway.app.daemon;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.hybridgateway.app.intercept.TransferReading;
import net.hybridgateway.app.intercept.TransferReading.SubflowReading;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.SubflowTuple;
import net.hybridgateway.scheduler.UplinkUse;
import net.hybridgateway.scheduler.overflow.LoadSample;
import org.junit.jupiter.api.Test;

/** A house whose clock, loops and timer are turned by hand. */
class LoadMeterTest {
    private static final SubflowTuple OVER_FIXED = new SubflowTuple(at("198.51.100.10", 4001), at("192.0.2.1", 7000));
    private static final SubflowTuple OVER_CELLULAR = new SubflowTuple(at("10.64.0.10", 4002), at("192.0.2.1", 7000));
    private static final int TOKEN = 0xfffffff0;

    private final FakeHouse house = new FakeHouse();
    private final List<LoadSample> samples = new ArrayList<>();
    private final LoadMeter meter = new LoadMeter(house, Runnable::run, samples::add, () -> house.nowNanos);

    @Test
    void sleepsUntilTheLoopsRing() {
        meter.pathsChanged(paths(UplinkUse.OVERFLOW, Allowance.FREE, false));
        assertEquals(1, house.bells.size());
        assertEquals(0, house.looks);
        house.tick();
        assertEquals(0, house.looks, "something runs without load");
    }

    @Test
    void staysOffWhereNoOverflowUplinkCouldHelp() {
        meter.pathsChanged(paths(UplinkUse.ON_DEMAND, Allowance.FREE, false));
        meter.pathsChanged(paths(UplinkUse.OVERFLOW, Allowance.NO_OVERFLOW, false));
        meter.pathsChanged(paths(UplinkUse.OVERFLOW, Allowance.FREE, true));
        assertEquals(List.of(), house.bells);
    }

    @Test
    void saysInBytesPerSecondWhatDevicesAndSubflowsMoved() {
        meter.pathsChanged(paths(UplinkUse.OVERFLOW, Allowance.FREE, false));
        house.fixed = new UplinkBytes.Count(1_000_000, 50_000);
        house.readings = List.of(reading(900_000, subflow(OVER_FIXED, 900_000, 300, 20)));
        house.ring();
        assertEquals(List.of(), samples, "a first look has nothing to compare with");

        house.fixed = new UplinkBytes.Count(3_000_000, 60_000);
        house.readings =
                List.of(reading(1_800_000, subflow(OVER_FIXED, 2_800_000, 300, 41), subflow(OVER_CELLULAR, 0, 0, 50)));
        house.tick();

        LoadSample sample = samples.get(0);
        assertEquals(
                List.of(
                        new LoadSample.UplinkLoad("cellular", 0, 0),
                        new LoadSample.UplinkLoad("fixed", 4_000_000, 20_000)),
                sample.uplinks().stream()
                        .sorted((a, b) -> a.uplink().compareTo(b.uplink()))
                        .toList());
        assertEquals(
                List.of(new LoadSample.TransferLoad(
                        TOKEN,
                        List.of(
                                new LoadSample.SubflowLoad("fixed", 3_800_000, 0, 41_000_000, 19_000_000),
                                new LoadSample.SubflowLoad("cellular", 0, 0, 50_000_000, 19_000_000)))),
                sample.transfers());
    }

    @Test
    void takesTheSendersRoundTripTimeOfAnUpload() {
        meter.pathsChanged(paths(UplinkUse.OVERFLOW, Allowance.FREE, false));
        house.readings = List.of(reading(900_000, subflow(OVER_FIXED, 300, 100_000, 20)));
        house.ring();
        house.readings = List.of(reading(900_000, subflow(OVER_FIXED, 300, 600_000, 20)));
        house.tick();

        LoadSample.SubflowLoad subflow =
                samples.get(0).transfers().get(0).subflows().get(0);
        assertEquals(1_000_000, subflow.outPerSecond());
        assertEquals(33_000_000, subflow.rttNanos());
    }

    @Test
    void goesBackToSleepWhenNothingMovesForASecond() {
        meter.pathsChanged(paths(UplinkUse.OVERFLOW, Allowance.FREE, false));
        house.readings = List.of(reading(900_000));
        house.ring();
        house.tick();
        house.readings = List.of(reading(1_000));
        house.tick();
        assertEquals(1, house.timers.size(), "one quiet look is not enough");
        house.tick();
        assertEquals(4, house.looks);
        assertEquals(List.of(), house.timers);
        assertEquals(1, house.bells.size());

        house.readings = List.of(reading(900_000));
        house.ring();
        assertEquals(5, house.looks);
        assertEquals(1, house.timers.size());
    }

    @Test
    void endsWhenTheOverflowUplinkGoesAndBeginsAgainWhenItComesBack() {
        meter.pathsChanged(paths(UplinkUse.OVERFLOW, Allowance.FREE, false));
        house.readings = List.of(reading(900_000));
        house.ring();
        meter.pathsChanged(paths(UplinkUse.OVERFLOW, Allowance.EMERGENCY_ONLY, false));
        house.tick();
        assertEquals(List.of(), house.timers);
        assertEquals(List.of(), house.bells);
        meter.pathsChanged(paths(UplinkUse.OVERFLOW, Allowance.FREE, false));
        assertEquals(1, house.bells.size());
    }

    @Test
    void twoLoopsThatRingAtOnceMakeOneMeter() {
        meter.pathsChanged(paths(UplinkUse.OVERFLOW, Allowance.FREE, false));
        Runnable bell = house.bells.get(0);
        house.readings = List.of(reading(900_000));
        bell.run();
        bell.run();
        assertEquals(1, house.looks);
        assertEquals(1, house.timers.size());
    }

    @Test
    void saysNothingOfATransferThatWasNotSeenForAWhile() {
        meter.pathsChanged(paths(UplinkUse.OVERFLOW, Allowance.FREE, false));
        house.readings = List.of(reading(900_000, subflow(OVER_FIXED, 900_000, 0, 20)));
        house.ring();
        house.nowNanos += Duration.ofSeconds(2).toNanos();
        house.readings = List.of(reading(900_000, subflow(OVER_FIXED, 9_900_000, 0, 20)));
        house.tick();
        assertTrue(samples.isEmpty());
    }

    private static List<InitialPath> paths(UplinkUse cellularUse, Allowance allowance, boolean onTrial) {
        InitialPath cellular = path("cellular", 3, "10.64.0.10");
        return List.of(
                path("fixed", 2, "198.51.100.10"),
                new InitialPath(
                        "cellular",
                        cellularUse,
                        3,
                        cellular.sourcesIpv4(),
                        List.of(),
                        onTrial,
                        cellular.suspect(),
                        allowance,
                        cellular.kind(),
                        cellular.reach()));
    }

    private TransferReading reading(long moved, SubflowReading... subflows) {
        return new TransferReading(TOKEN, house.nowNanos, moved, List.of(subflows));
    }

    private static SubflowReading subflow(SubflowTuple ends, long in, long out, long rttMillis) {
        return new SubflowReading(ends, in, out, rttMillis * 1_000_000, 33_000_000, 19_000_000);
    }

    private static final class FakeHouse implements LoadMeter.House {
        private final List<Runnable> bells = new ArrayList<>();
        private final List<Runnable> timers = new ArrayList<>();
        private UplinkBytes.Count fixed = UplinkBytes.Count.NONE;
        private List<TransferReading> readings = List.of();
        private int looks;
        private long nowNanos = Long.MAX_VALUE - 1000;

        /** Half a second passes. */
        private void tick() {
            nowNanos += Duration.ofMillis(500).toNanos();
            List<Runnable> due = List.copyOf(timers);
            timers.clear();
            due.forEach(Runnable::run);
        }

        private void ring() {
            List<Runnable> set = List.copyOf(bells);
            bells.clear();
            set.forEach(Runnable::run);
        }

        @Override
        public void ringWhenBusy(Runnable listener, long bytes) {
            assertEquals(LoadMeter.BUSY_BYTES, bytes);
            bells.add(listener);
        }

        @Override
        public void readBusiest(int most, Consumer<List<TransferReading>> answer) {
            looks++;
            answer.accept(readings.stream()
                    .map(reading -> new TransferReading(reading.token(), nowNanos, reading.moved(), reading.subflows()))
                    .toList());
        }

        @Override
        public Map<String, UplinkBytes.Count> uplinkBytes() {
            Map<String, UplinkBytes.Count> bytes = new HashMap<>();
            bytes.put("fixed", fixed);
            bytes.put("cellular", UplinkBytes.Count.NONE);
            bytes.put("unplugged", UplinkBytes.Count.NONE);
            return Map.copyOf(bytes);
        }

        @Override
        public void after(Duration delay, Runnable task) {
            assertEquals(Duration.ofMillis(500), delay);
            timers.add(task);
        }
    }
}
