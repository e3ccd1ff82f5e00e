package net.hybridgateway.lab.bench.micro;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.EngineSnapshot;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.PolicyConfig;
import net.hybridgateway.scheduler.PolicyEngine;
import net.hybridgateway.scheduler.SubflowTuple;
import net.hybridgateway.scheduler.UplinkConfig;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkObservation;
import net.hybridgateway.scheduler.UplinkUse;

/** A policy engine with a fixed line, cellular on demand, and connections that the fixed line carries. */
final class Household {
    private static final String FIXED = "dsl";
    private static final String CELLULAR = "lte";
    private static final InetSocketAddress FIXED_SOURCE = KernelWords.LOCAL;
    private static final InetSocketAddress CELLULAR_SOURCE = KernelWords.at("10.64.0.10", 0);
    private static final int FIRST_PORT = 1024;
    private static final long MICROSECOND = 1_000;

    private final PolicyEngine engine;
    private long nowNanos;

    Household(int connections) {
        engine = new PolicyEngine(
                PolicyConfig.of(List.of(
                        uplink(FIXED, UplinkKind.FIXED, 0, UplinkUse.ALWAYS),
                        uplink(CELLULAR, UplinkKind.CELLULAR, 1, UplinkUse.ON_DEMAND))),
                nowNanos);
        tell(new EngineEvent.ConversionPointsKnown(List.of(List.of(KernelWords.REMOTE))));
        tell(new EngineEvent.UplinkObserved(FIXED, observation(true, 3, FIXED_SOURCE)));
        tell(new EngineEvent.UplinkObserved(CELLULAR, observation(true, 4, CELLULAR_SOURCE)));
        for (int token = 1; token <= connections; token++) {
            open(token);
        }
    }

    private static UplinkConfig uplink(String name, UplinkKind kind, int preference, UplinkUse use) {
        return new UplinkConfig(name, kind, preference, use, Optional.empty(), LineRate.UNKNOWN);
    }

    private static UplinkObservation observation(boolean carrier, int index, InetSocketAddress source) {
        return new UplinkObservation(true, carrier, index, List.of(source.getAddress()), carrier, false);
    }

    /** Takes an event in, and gives what is to be done. */
    private List<Decision> tell(EngineEvent event) {
        nowNanos += MICROSECOND;
        engine.handle(event, nowNanos);
        List<Decision> decisions = new ArrayList<>();
        for (Optional<Decision> next = engine.pollDecision(); next.isPresent(); next = engine.pollDecision()) {
            decisions.add(next.get());
        }
        return decisions;
    }

    List<Decision> open(int token) {
        InetSocketAddress local = new InetSocketAddress(FIXED_SOURCE.getAddress(), FIRST_PORT + token % 60_000);
        return tell(new EngineEvent.ConnectionEstablished(token, new SubflowTuple(local, KernelWords.REMOTE), false));
    }

    List<Decision> close(int token) {
        return tell(new EngineEvent.ConnectionClosed(token));
    }

    /**
     * The fixed line breaks, and the kernel joins cellular to each connection at once, as it is told.
     *
     * @return how many connections cellular carries then
     */
    int breakOfTheFixedLine() {
        List<Decision> toDo = tell(new EngineEvent.UplinkObserved(FIXED, observation(false, 3, FIXED_SOURCE)));
        int joined = 0;
        for (int next = 0; next < toDo.size(); next++) {
            if (toDo.get(next) instanceof Decision.CreateSubflow create) {
                joined++;
                InetSocketAddress local =
                        new InetSocketAddress(create.localAddress(), FIRST_PORT + create.token() % 60_000);
                toDo.addAll(tell(new EngineEvent.SubflowEstablished(
                        create.token(), new SubflowTuple(local, create.remote()), create.localId(), 0)));
            }
        }
        return joined;
    }

    EngineSnapshot snapshot() {
        return engine.snapshot(nowNanos);
    }
}
