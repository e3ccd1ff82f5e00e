package net.hybridgateway.scheduler.overflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two lines and some transfers around a real {@link OverflowJudge}, in steps of 100 ms of a virtual clock. Each line is
 * shared fairly by those that want more; a full one has a queue of one round trip, as BBR keeps it. Subflows come up some
 * time after the wish, as in the real world. The clock passes the end of a long after 20 s, as {@code System.nanoTime} may.
 */
final class SimulatedHouse {
    static final double MBIT = 125_000;

    private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();
    private static final int STEPS_A_SAMPLE = 5;
    private static final double STEPS_A_SECOND = 10;
    private static final long ORIGIN_NANOS =
            Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();
    /** Below this in a second, nobody measures. */
    private static final double WORTH_A_LOOK = 60_000;

    /** A change of a connection's wish. */
    record Change(long atNanos, int token, OverflowWish wish, OverflowCause cause) {}

    /** A line; rates in bytes per second. */
    static final class SimulatedLine {
        final String name;
        final double down;
        final double up;
        final long rttNanos;
        boolean present = true;
        private final Map<Direction, Double> moved = new EnumMap<>(Direction.class);

        SimulatedLine(String name, double down, double up, Duration rtt) {
            this.name = name;
            this.down = down;
            this.up = up;
            this.rttNanos = rtt.toNanos();
        }

        /** What it moved since the last sample. */
        private LoadSample.UplinkLoad load() {
            return new LoadSample.UplinkLoad(
                    name, 2 * moved.getOrDefault(Direction.DOWN, 0.0), 2 * moved.getOrDefault(Direction.UP, 0.0));
        }

        private double room(Direction direction) {
            return present ? (direction == Direction.DOWN ? down : up) / STEPS_A_SECOND : 0;
        }
    }

    /** A transfer. */
    final class SimulatedTransfer {
        final int token;
        final Direction direction;
        /** What server and host would move, in bytes per second. */
        double demand;
        /** What is left to move, in bytes. */
        double left = Double.MAX_VALUE;
        /** What becomes of the rate as soon as two lines carry it: a bad second path holds the whole transfer up. */
        double withHelp = 1;
        /** Whether it keeps short queues everywhere, whatever limits it. */
        boolean showsQueues = true;

        double overFixed;
        double overCellular;
        double rate;
        private double fixedNow;
        private double cellularNow;
        private double fixedSample;
        private double cellularSample;
        private boolean fixedFull;
        private boolean cellularFull;
        private long joinedNanos = Long.MAX_VALUE;

        private SimulatedTransfer(int token, Direction direction, double demand) {
            this.token = token;
            this.direction = direction;
            this.demand = demand;
        }

        private boolean joined() {
            return joinedNanos <= clockNanos;
        }

        private double wanted() {
            boolean pausing = clockNanos / STEP_NANOS % 100 < 2; // BBR looks for the shortest round trip every 10 s
            return pausing ? 0 : Math.min(demand / STEPS_A_SECOND, left);
        }

        boolean isHelped() {
            return judge.wish(token) == OverflowWish.REGULAR && joined();
        }
    }

    final SimulatedLine fixed;
    final SimulatedLine cellular;
    final OverflowJudge judge;
    final List<Change> changes = new ArrayList<>();
    final Set<Integer> forbidden = new HashSet<>();
    Duration joinTakes = Duration.ofMillis(200);
    double withoutConnection;
    private final Map<Integer, SimulatedTransfer> transfers = new LinkedHashMap<>();
    private final Map<Integer, OverflowWish> seen = new LinkedHashMap<>();
    private long clockNanos;
    private int nextToken = 1;
    private double movedThisSecond;

    SimulatedHouse(SimulatedLine fixed, SimulatedLine cellular, OptionalLong fixedDownBits) {
        this.fixed = fixed;
        this.cellular = cellular;
        judge = new OverflowJudge(
                List.of(
                        new LineConfig("fixed", false, fixedDownBits, OptionalLong.empty()),
                        new LineConfig("cellular", true, OptionalLong.empty(), OptionalLong.empty())),
                token -> !forbidden.contains(token));
    }

    /** Down 40 and up 10 Mbit/s at 20 ms, and down 20 and up 10 Mbit/s at 50 ms; nothing is configured. */
    static SimulatedHouse usual() {
        return new SimulatedHouse(fixedLine(), cellularLine(20), OptionalLong.empty());
    }

    static SimulatedLine fixedLine() {
        return new SimulatedLine("fixed", 40 * MBIT, 10 * MBIT, Duration.ofMillis(20));
    }

    static SimulatedLine cellularLine(double downMbit) {
        return new SimulatedLine("cellular", downMbit * MBIT, 10 * MBIT, Duration.ofMillis(50));
    }

    SimulatedTransfer start(Direction direction, double mbit) {
        SimulatedTransfer transfer = new SimulatedTransfer(nextToken++, direction, mbit * MBIT);
        transfers.put(transfer.token, transfer);
        return transfer;
    }

    SimulatedTransfer download() {
        return start(Direction.DOWN, 1000);
    }

    void end(SimulatedTransfer transfer) {
        transfers.remove(transfer.token);
        judge.forget(transfer.token);
        seen.remove(transfer.token);
    }

    long nowNanos() {
        return ORIGIN_NANOS + clockNanos;
    }

    Duration time() {
        return Duration.ofNanos(clockNanos);
    }

    void run(Duration duration) {
        long end = clockNanos + duration.toNanos();
        while (clockNanos < end) {
            clockNanos += STEP_NANOS;
            step();
        }
    }

    private void step() {
        for (Direction direction : Direction.values()) {
            List<SimulatedTransfer> all = transfers.values().stream()
                    .filter(t -> t.direction == direction)
                    .toList();
            double other = direction == Direction.DOWN ? withoutConnection / STEPS_A_SECOND : 0;
            share(all, fixed, direction, other);
            share(all.stream().filter(SimulatedTransfer::isHelped).toList(), cellular, direction, 0);
        }
        for (SimulatedTransfer transfer : List.copyOf(transfers.values())) {
            settle(transfer);
        }
        OptionalLong deadline = judge.nextDeadlineNanos();
        if (deadline.isPresent() && deadline.getAsLong() - nowNanos() <= 0) {
            note(judge.handleDeadline(nowNanos()));
        }
        if (clockNanos / STEP_NANOS % STEPS_A_SAMPLE == 0) {
            sample();
        }
    }

    /** Gives each what it wants, or an equal part if that is more than the line has. */
    private void share(List<SimulatedTransfer> all, SimulatedLine line, Direction direction, double other) {
        List<SimulatedTransfer> hungry = new ArrayList<>(all);
        double room = Math.max(0, line.room(direction) - other);
        boolean full = false;
        while (!hungry.isEmpty()) {
            double part = room / hungry.size();
            List<SimulatedTransfer> modest =
                    hungry.stream().filter(t -> missing(t, line) <= part).toList();
            full |= modest.isEmpty();
            List<SimulatedTransfer> served = modest.isEmpty() ? List.copyOf(hungry) : modest;
            for (SimulatedTransfer transfer : served) {
                double bytes = Math.min(part, missing(transfer, line));
                set(transfer, line, bytes);
                room -= bytes;
            }
            hungry.removeAll(served);
        }
        for (SimulatedTransfer transfer : all) {
            if (line == fixed) {
                transfer.fixedFull = full;
            } else {
                transfer.cellularFull = full;
            }
        }
        line.moved.merge(direction, other, Double::sum);
    }

    private double missing(SimulatedTransfer transfer, SimulatedLine line) {
        return line == fixed ? transfer.wanted() : Math.max(0, transfer.wanted() - transfer.fixedNow);
    }

    private void set(SimulatedTransfer transfer, SimulatedLine line, double bytes) {
        if (line == fixed) {
            transfer.fixedNow = bytes;
            transfer.cellularNow = 0;
        } else {
            transfer.cellularNow = bytes;
        }
    }

    private void settle(SimulatedTransfer transfer) {
        if (transfer.isHelped()) {
            transfer.fixedNow *= transfer.withHelp;
            transfer.cellularNow *= transfer.withHelp;
        } else {
            transfer.cellularNow = 0;
        }
        transfer.overFixed += transfer.fixedNow;
        transfer.overCellular += transfer.cellularNow;
        transfer.fixedSample += transfer.fixedNow;
        transfer.cellularSample += transfer.cellularNow;
        transfer.rate = (transfer.fixedNow + transfer.cellularNow) * STEPS_A_SECOND;
        transfer.left -= transfer.fixedNow + transfer.cellularNow;
        fixed.moved.merge(transfer.direction, transfer.fixedNow, Double::sum);
        cellular.moved.merge(transfer.direction, transfer.cellularNow, Double::sum);
        if (transfer.left < 1) {
            end(transfer);
        }
    }

    private void sample() {
        double moved = transfers.values().stream()
                .mapToDouble(t -> t.fixedSample + t.cellularSample)
                .max()
                .orElse(0);
        boolean worthALook = moved + movedThisSecond >= WORTH_A_LOOK;
        movedThisSecond = moved;
        LoadSample sample = new LoadSample(
                List.of(fixed, cellular).stream()
                        .filter(line -> line.present)
                        .map(line -> line.load())
                        .toList(),
                transfers.values().stream().map(this::load).toList());
        for (SimulatedLine line : List.of(fixed, cellular)) {
            line.moved.clear();
        }
        if (worthALook) {
            note(judge.measure(sample, nowNanos()));
        }
    }

    private LoadSample.TransferLoad load(SimulatedTransfer transfer) {
        List<LoadSample.SubflowLoad> subflows = new ArrayList<>();
        if (fixed.present) {
            subflows.add(subflow(
                    fixed, transfer.direction, transfer.fixedSample, transfer.fixedFull && transfer.showsQueues));
        }
        if (transfer.joined()) {
            subflows.add(subflow(cellular, transfer.direction, transfer.cellularSample, transfer.cellularFull));
        }
        transfer.fixedSample = 0;
        transfer.cellularSample = 0;
        return new LoadSample.TransferLoad(transfer.token, subflows);
    }

    private static LoadSample.SubflowLoad subflow(
            SimulatedLine line, Direction direction, double bytes, boolean queue) {
        double perSecond = bytes * 2;
        return new LoadSample.SubflowLoad(
                line.name,
                direction == Direction.DOWN ? perSecond : 0,
                direction == Direction.UP ? perSecond : 0,
                queue ? 2 * line.rttNanos : line.rttNanos + Duration.ofMillis(2).toNanos(),
                line.rttNanos);
    }

    void reconsider() {
        note(judge.reconsider(nowNanos()));
    }

    private void note(Set<Integer> changed) {
        Set<Integer> really = transfers.keySet().stream()
                .filter(token -> judge.wish(token) != seen.getOrDefault(token, OverflowWish.NONE))
                .collect(Collectors.toSet());
        if (!really.equals(changed)) {
            throw new AssertionError("said " + changed + " changed, but it was " + really);
        }
        for (int token : changed) {
            OverflowWish wish = judge.wish(token);
            SimulatedTransfer transfer = transfers.get(token);
            if (seen.getOrDefault(token, OverflowWish.NONE) == OverflowWish.NONE) {
                transfer.joinedNanos = clockNanos + joinTakes.toNanos();
            } else if (wish == OverflowWish.NONE) {
                transfer.joinedNanos = Long.MAX_VALUE;
            }
            seen.put(token, wish);
            changes.add(new Change(clockNanos, token, wish, judge.cause(token).orElseThrow()));
        }
    }

    /** When connections were raised. */
    List<Duration> raises() {
        return changes.stream()
                .filter(change -> change.wish() == OverflowWish.REGULAR)
                .map(change -> Duration.ofNanos(change.atNanos()))
                .toList();
    }

    /** All changes: seconds, connection, wish and cause, one per line. */
    String story() {
        return changes.stream()
                .map(change -> change.atNanos() / 1e9 + " " + change.token() + " " + change.wish() + " "
                        + change.cause() + "\n")
                .collect(Collectors.joining());
    }
}
