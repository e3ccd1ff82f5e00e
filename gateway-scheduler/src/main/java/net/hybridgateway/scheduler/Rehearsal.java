package net.hybridgateway.scheduler;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Plays a break and a return with a made-up connection of a made-up house.
 *
 * <p>A house may wait for weeks for its first break, and without this the virtual machine would load and link the code for it
 * in those very milliseconds that everybody waits for. The connection has the token 0, which the kernel gives to none, and
 * addresses that are for documentation (RFC 5737), so that commands made from the decisions hit nothing.
 */
public final class Rehearsal {
    /** Longer than the hold-down and the draining after it. */
    private static final long LENGTH = Duration.ofMinutes(1).toNanos();

    private static final int TOKEN = 0;
    private static final String FIXED = "fixed";
    private static final String CELLULAR = "cellular";
    private static final UplinkObservation FIXED_UP = up(2, "192.0.2.10");
    private static final UplinkObservation CELLULAR_UP = up(3, "203.0.113.10");
    private static final InetSocketAddress POINT = new InetSocketAddress("198.51.100.7", 7000);
    private static final int FIRST_PORT = 40000;

    private final PolicyEngine engine;
    private final Consumer<Decision.ConnectionDecision> decisions;
    private int port = FIRST_PORT;
    private long now;

    private Rehearsal(Consumer<Decision.ConnectionDecision> decisions) {
        this.decisions = decisions;
        this.engine = new PolicyEngine(
                PolicyConfig.of(List.of(
                        uplink(FIXED, UplinkKind.FIXED, 10, UplinkUse.ALWAYS),
                        uplink(CELLULAR, UplinkKind.CELLULAR, 20, UplinkUse.ON_DEMAND))),
                now);
    }

    /**
     * Plays them on a clock of its own, within milliseconds.
     *
     * @param decisions is given what is decided about the connection
     */
    public static void play(Consumer<Decision.ConnectionDecision> decisions) {
        new Rehearsal(decisions).play();
    }

    private void play() {
        happen(new EngineEvent.UplinkObserved(FIXED, FIXED_UP));
        happen(new EngineEvent.UplinkObserved(CELLULAR, CELLULAR_UP));
        SubflowTuple first =
                new SubflowTuple(new InetSocketAddress(FIXED_UP.addresses().get(0), port), POINT);
        happen(new EngineEvent.ConnectionEstablished(TOKEN, first, false));
        happen(new EngineEvent.UplinkObserved(FIXED, UplinkObservation.ABSENT));
        pass(LENGTH);
        happen(new EngineEvent.UplinkObserved(FIXED, FIXED_UP));
        pass(LENGTH);
        happen(new EngineEvent.ConnectionClosed(TOKEN));
    }

    private void pass(long nanos) {
        long end = now + nanos;
        OptionalLong next = engine.nextDeadlineNanos();
        while (next.isPresent() && next.getAsLong() <= end) {
            now = Math.max(now, next.getAsLong());
            engine.handleDeadline(now);
            obey();
            next = engine.nextDeadlineNanos();
        }
        now = end;
    }

    private void happen(EngineEvent event) {
        engine.handle(event, now);
        obey();
    }

    private void obey() {
        Optional<Decision> next = engine.pollDecision();
        while (next.isPresent()) {
            if (next.get() instanceof Decision.ConnectionDecision decision) {
                decisions.accept(decision);
                answer(decision);
            }
            next = engine.pollDecision();
        }
    }

    /** What the kernel would say. */
    private void answer(Decision.ConnectionDecision decision) {
        if (decision instanceof Decision.CreateSubflow create) {
            port++;
            SubflowTuple tuple = new SubflowTuple(new InetSocketAddress(create.localAddress(), port), create.remote());
            engine.handle(new EngineEvent.SubflowEstablished(TOKEN, tuple, create.localId(), 0), now);
        } else if (decision instanceof Decision.InspectSubflow inspect) {
            engine.handle(new EngineEvent.SubflowInspected(TOKEN, inspect.tuple(), true), now);
        } else if (decision instanceof Decision.DestroySubflow destroy) {
            engine.handle(
                    new EngineEvent.SubflowClosed(TOKEN, destroy.tuple(), destroy.localId(), OptionalInt.empty()), now);
        }
    }

    private static UplinkConfig uplink(String name, UplinkKind kind, int preference, UplinkUse use) {
        return new UplinkConfig(name, kind, preference, use, Optional.empty(), LineRate.UNKNOWN);
    }

    private static UplinkObservation up(int interfaceIndex, String address) {
        return new UplinkObservation(
                true,
                true,
                interfaceIndex,
                List.of(new InetSocketAddress(address, FIRST_PORT).getAddress()),
                true,
                false);
    }
}
