package net.hybridgateway.scheduler;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A random day of a random house: connections come and go, and all that can break does. Everything is repaired half an
 * hour before midnight, so that the day ends in peace.
 */
final class RandomDay {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration REPAIR = DAY.minus(Duration.ofMinutes(40));
    private static final int[] DELAYS_MILLIS = {0, 0, 1, 30};
    private static final int MOST_CONNECTIONS = 12;

    final Household house;
    final SimulatedGateway gateway;
    private final Random random;
    private final SimulatedWatch watch;
    private final DayJudge judge;
    private boolean repaired;

    RandomDay(long seed, boolean traced) {
        // Random begins alike for seeds that are alike.
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        house = new Household(random);
        gateway = new SimulatedGateway(house.config, house.lines.toArray(SimulatedUplink[]::new));
        gateway.chance = random;
        gateway.eventDelayNanos = Duration.ofMillis(DELAYS_MILLIS[random.nextInt(DELAYS_MILLIS.length)])
                .toNanos();
        watch = new SimulatedWatch(gateway, random);
        judge = new DayJudge(house, gateway, watch, traced);
        gateway.observer = judge;
    }

    /** The last minutes, for people; only of a day that is traced. */
    String story() {
        return judge.story();
    }

    void play() {
        plan();
        gateway.run(REPAIR);
        repair();
        gateway.run(DAY.minus(REPAIR));
        judge.judgeEnd();
    }

    private void plan() {
        double lossy = random.nextDouble();
        for (SimulatedUplink line : house.lines) {
            line.loss = lossy < 0.7 ? 0 : random.nextDouble() * 0.3;
        }
        int guests = 10 + random.nextInt(50);
        for (int i = 0; i < guests; i++) {
            at(random.nextDouble() * REPAIR.toNanos(), this::dialSomewhere);
        }
        for (int i = 0; i < 3; i++) {
            at(random.nextDouble() * 1e9, this::dialSomewhere);
        }
        int troubles = 20 + random.nextInt(41);
        for (int i = 0; i < troubles; i++) {
            at(random.nextDouble() * REPAIR.toNanos(), this::trouble);
        }
        // Most of what can go wrong goes wrong together.
        if (random.nextInt(3) == 0) {
            double from = random.nextDouble() * REPAIR.toNanos() * 0.9;
            int most = 10 + random.nextInt(50);
            for (int i = 0; i < most; i++) {
                at(from + random.nextDouble() * 300e9, this::trouble);
            }
        }
    }

    private void at(double nanos, Runnable action) {
        gateway.later((long) nanos, () -> {
            if (!repaired) {
                action.run();
            }
        });
    }

    private void after(Duration pause, Runnable action) {
        at((double) pause.toNanos(), action);
    }

    /** Mostly short, at times long: as many below as above the geometric mean of the two. */
    private Duration between(double seconds, double mostSeconds) {
        double nanos = 1e9 * seconds * Math.pow(mostSeconds / seconds, random.nextDouble());
        return Duration.ofNanos((long) nanos);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Optional<SimulatedConnection> anyConnection() {
        List<SimulatedConnection> all = new ArrayList<>(gateway.connections.values());
        return all.isEmpty() ? Optional.empty() : Optional.of(any(all));
    }

    private void say(String what) {
        judge.trace(what);
    }

    // ---- connections ------------------------------------------------------------------------------------------------

    private void dialSomewhere() {
        if (gateway.connections.size() >= MOST_CONNECTIONS) {
            return;
        }
        TrafficRights rights = TrafficRights.NORMAL;
        if (house.config.classified()) {
            TrafficRights.Cellular[] cellular = TrafficRights.Cellular.values();
            rights = new TrafficRights(cellular[random.nextInt(cellular.length)], random.nextInt(4) == 0);
        }
        new Dial(any(house.points), random.nextInt(4) == 0, rights).tryNext();
    }

    /** A new connection, as the data plane opens it: over one way out after the other. */
    private final class Dial {
        private final Household.Point point;
        private final boolean denied;
        private final TrafficRights rights;
        private final List<InitialPath> left;
        private boolean done;

        Dial(Household.Point point, boolean denied, TrafficRights rights) {
            this.point = point;
            this.denied = denied;
            this.rights = rights;
            this.left = new ArrayList<>(gateway.engine.initialPaths());
            left.removeIf(path -> sources(path).isEmpty() || !house.mayStay(rights, path.uplink(), path.allowance()));
        }

        private List<? extends InetAddress> sources(InitialPath path) {
            return point.address().getAddress() instanceof Inet4Address ? path.sourcesIpv4() : path.sourcesIpv6();
        }

        void tryNext() {
            if (done || left.isEmpty()) {
                return;
            }
            InitialPath path = left.remove(0);
            SimulatedUplink line = gateway.uplink(path.uplink());
            InetAddress source = sources(path).get(0);
            gateway.later(line.rttNanos, () -> {
                if (!done && line.passes(source, point.address()) && line.on()) {
                    done = true;
                    open(gateway.established(line, source, point.address(), denied));
                }
            });
            long overdueNanos = SimulatedWatch.LONGEST.toNanos() + line.rttNanos;
            gateway.later(overdueNanos, () -> {
                if (!done) {
                    gateway.deliver(new EngineEvent.PathStalled(
                            line.name, point.address(), gateway.nowNanos() - overdueNanos, 2 * line.rttNanos));
                    tryNext();
                }
            });
        }

        private void open(SimulatedConnection connection) {
            say("connection " + connection + " to " + point + (denied ? " denied" : "") + " " + rights);
            if (house.config.classified()) {
                after(random.nextBoolean() ? Duration.ZERO : between(0.01, 1), () -> classify(connection, rights));
            }
            if (random.nextInt(4) > 0) {
                after(between(0.01, 0.5), () -> announce(connection, point));
            }
            after(between(0.1, 3_600), () -> toggle(connection));
            connection.active = random.nextBoolean();
            after(between(1, 30_000), () -> close(connection));
        }
    }

    private boolean lives(SimulatedConnection connection) {
        return gateway.connections.get(connection.token) == connection;
    }

    private void classify(SimulatedConnection connection, TrafficRights rights) {
        if (lives(connection)) {
            gateway.deliver(new EngineEvent.ConnectionClassified(connection.token, rights));
        }
    }

    private void announce(SimulatedConnection connection, Household.Point point) {
        if (lives(connection)) {
            gateway.deliver(new EngineEvent.AddressAnnounced(connection.token, 1, point.further()));
        }
    }

    private void close(SimulatedConnection connection) {
        if (lives(connection)) {
            say("close " + connection);
            gateway.close(connection);
        }
    }

    /** A transfer begins or ends. */
    private void toggle(SimulatedConnection connection) {
        if (lives(connection)) {
            connection.active = !connection.active;
            connection.steadySinceNanos = gateway.clockNanos();
            gateway.changed();
            say(connection + (connection.active ? " is active" : " is idle"));
            after(between(1, 7_200), () -> toggle(connection));
        }
    }

    // ---- troubles ---------------------------------------------------------------------------------------------------

    private void trouble() {
        SimulatedUplink line = any(house.lines);
        switch (random.nextInt(23)) {
            case 0, 1 -> breakCarrier(line, between(0.2, 7_200));
            case 2 -> readdress(line);
            case 3 -> loseRoute(line, between(0.2, 600));
            case 4, 5, 6 -> silence(line, between(0.3, 7_200));
            case 7 -> killPoint(any(house.points), between(0.5, 1_800));
            case 8 -> refuse(any(house.points), between(0.5, 1_800));
            case 9 -> cutOff(line, any(house.points), between(0.5, 3_600));
            case 10, 11 -> pauseServer();
            case 12 -> flap(line, 4 + random.nextInt(60));
            case 13 -> switchOff(line, between(0.5, 3_600));
            case 14 -> loseEvents(between(0.1, 10));
            case 15 -> refuseSubflows(line);
            case 16 -> troubleSubflow();
            case 17 -> troubleAddresses();
            case 18 -> limit(line, between(1, 7_200));
            case 19 -> changeRights();
            case 20 -> changePolicy();
            case 21 -> disable(line, between(0.5, 3_600));
            default -> remakeDevice(line);
        }
    }

    private void breakCarrier(SimulatedUplink line, Duration duration) {
        say("carrier of " + line.name + " breaks for " + duration);
        gateway.carrier(line.name, false);
        after(duration, () -> restore(line, random.nextInt(2)));
    }

    private void restore(SimulatedUplink line, int which) {
        say(line.name + " is whole");
        gateway.change(line.name, Household.whole(line, which, random));
    }

    private void readdress(SimulatedUplink line) {
        if (random.nextBoolean()) {
            gateway.change(line.name, line.withAddresses(List.of()));
            after(between(0.05, 60), () -> restore(line, random.nextInt(3)));
        } else {
            restore(line, random.nextInt(3));
        }
    }

    private void loseRoute(SimulatedUplink line, Duration duration) {
        say(line.name + " loses its routes for " + duration);
        gateway.change(line.name, line.withRoutes(false));
        after(duration, () -> gateway.change(line.name, line.withRoutes(true)));
    }

    private void silence(SimulatedUplink line, Duration duration) {
        say(line.name + " falls silent for " + duration);
        line.silent = true;
        gateway.unsteady(line.name);
        after(duration, () -> speak(line));
    }

    private void speak(SimulatedUplink line) {
        say(line.name + " speaks again");
        line.silent = false;
        gateway.unsteady(line.name);
    }

    private void unsteadyAll() {
        house.lines.forEach(line -> gateway.unsteady(line.name));
    }

    private void killPoint(Household.Point point, Duration duration) {
        say(point + " is dead for " + duration);
        for (SimulatedUplink line : house.lines) {
            line.deadPoints.addAll(List.of(point.address(), point.further()));
        }
        unsteadyAll();
        after(duration, () -> revive(point));
    }

    private void revive(Household.Point point) {
        say(point + " lives");
        for (SimulatedUplink line : house.lines) {
            line.deadPoints.removeAll(Set.of(point.address(), point.further()));
        }
        gateway.refusing.remove(point.address());
        gateway.hung.remove(point.address());
        unsteadyAll();
    }

    /** The conversion point's host is well, but nobody speaks Convert. */
    private void refuse(Household.Point point, Duration duration) {
        say(point + " refuses or hangs for " + duration);
        (random.nextBoolean() ? gateway.refusing : gateway.hung).add(point.address());
        after(duration, () -> revive(point));
    }

    private void cutOff(SimulatedUplink line, Household.Point point, Duration duration) {
        say(line.name + " to " + point + " is cut for " + duration);
        line.cutOff.addAll(List.of(point.address(), point.further()));
        gateway.unsteady(line.name);
        after(duration, () -> {
            say(line.name + " to " + point + " is joined");
            line.cutOff.removeAll(Set.of(point.address(), point.further()));
            gateway.unsteady(line.name);
        });
    }

    private void pauseServer() {
        anyConnection()
                .flatMap(connection -> connection.inUse().stream().findFirst())
                .ifPresent(socket -> {
                    int times = 1 + random.nextInt(20);
                    say("a server pauses " + times + " times, seen from " + socket.uplink.name);
                    for (int i = 0; i < times; i++) {
                        after(
                                between(0.1, 30),
                                () -> watch.serverPauses(socket.uplink.name, socket.tuple.remote(), between(0.1, 20)));
                    }
                });
    }

    private void flap(SimulatedUplink line, int times) {
        if (times == 0) {
            restore(line, 0);
            speak(line);
            return;
        }
        boolean visibly = random.nextInt(4) > 0;
        if (times % 2 == 0) {
            if (visibly) {
                gateway.carrier(line.name, false);
            } else {
                line.silent = true;
                gateway.unsteady(line.name);
            }
        } else {
            gateway.carrier(line.name, true);
            line.silent = false;
            gateway.unsteady(line.name);
        }
        say(line.name + " flaps");
        after(between(0.3, 5), () -> flap(line, times - 1));
    }

    private void switchOff(SimulatedUplink line, Duration duration) {
        say(line.name + " is switched off for " + duration);
        gateway.enable(line.name, false);
        after(duration, () -> gateway.enable(line.name, true));
    }

    private void loseEvents(Duration duration) {
        say("events are lost for " + duration);
        gateway.losingEvents = true;
        unsteadyAll();
        after(duration, gateway::resynchronise);
    }

    private void refuseSubflows(SimulatedUplink line) {
        say(line.name + " refuses subflows");
        line.kernelRefusals = random.nextInt(4);
        line.peerRefusals = random.nextInt(4);
        gateway.unsteady(line.name);
    }

    private void troubleSubflow() {
        anyConnection().ifPresent(connection -> {
            List<SimulatedConnection.Socket> whole = connection.inUse();
            if (!whole.isEmpty()) {
                say("a subflow of " + connection + " is reset");
                connection.steadySinceNanos = gateway.clockNanos();
                connection.reset(any(whole));
            }
        });
    }

    private void troubleAddresses() {
        anyConnection().ifPresent(connection -> {
            if (random.nextBoolean()) {
                house.points.stream()
                        .filter(point -> point.address().equals(connection.initialRemote))
                        .findFirst()
                        .ifPresent(point -> announce(connection, point));
            } else {
                gateway.deliver(new EngineEvent.AddressWithdrawn(connection.token, random.nextInt(2)));
            }
        });
    }

    private void limit(SimulatedUplink line, Duration duration) {
        Allowance allowance = random.nextBoolean() ? Allowance.NO_OVERFLOW : Allowance.EMERGENCY_ONLY;
        say(line.name + " is limited to " + allowance + " for " + duration);
        gateway.deliver(new EngineEvent.UplinkAllowed(line.name, allowance));
        after(duration, () -> gateway.deliver(new EngineEvent.UplinkAllowed(line.name, Allowance.FREE)));
    }

    private void changeRights() {
        if (house.config.classified()) {
            TrafficRights.Cellular[] cellular = TrafficRights.Cellular.values();
            TrafficRights rights = new TrafficRights(cellular[random.nextInt(cellular.length)], random.nextInt(4) == 0);
            anyConnection().ifPresent(connection -> classify(connection, rights));
        }
    }

    private void changePolicy() {
        PolicyConfig policy = house.rethink(random);
        say("the policy is now " + policy.uplinks());
        gateway.configure(policy);
    }

    private void disable(SimulatedUplink line, Duration duration) {
        say(line.name + " is not in the configuration for " + duration);
        gateway.configure(house.disable(line.name, true));
        after(duration, () -> gateway.configure(house.disable(line.name, false)));
    }

    private void remakeDevice(SimulatedUplink line) {
        say(line.name + "'s device is made anew");
        gateway.remakeDevice(line.name);
    }

    // ---- the end ----------------------------------------------------------------------------------------------------

    private void repair() {
        say("all is repaired");
        repaired = true;
        for (Household.Point point : house.points) {
            revive(point);
        }
        for (SimulatedUplink line : house.lines) {
            line.kernelRefusals = 0;
            line.peerRefusals = 0;
            line.loss = 0;
            line.silent = false;
            line.cutOff.clear();
            gateway.enable(line.name, true);
            gateway.configure(house.disable(line.name, false));
            gateway.deliver(new EngineEvent.UplinkAllowed(line.name, Allowance.FREE));
            gateway.change(line.name, Household.whole(line, 0, random));
        }
        if (gateway.losingEvents) {
            gateway.resynchronise();
        }
        for (SimulatedConnection connection : List.copyOf(gateway.connections.values())) {
            if (!connection.usable() && !judge.anyWorks(connection)) {
                gateway.close(connection); // nobody waits for it any more
            } else if (house.config.classified() && !connection.classified) {
                gateway.deliver(new EngineEvent.ConnectionClassified(connection.token, connection.rights));
            }
        }
    }
}
