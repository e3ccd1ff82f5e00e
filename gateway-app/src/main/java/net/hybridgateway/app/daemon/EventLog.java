package net.hybridgateway.app.daemon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import net.hybridgateway.mgmt.status.BreakStatus;
import net.hybridgateway.mgmt.status.DrillStatus;
import net.hybridgateway.mgmt.status.EventKind;
import net.hybridgateway.mgmt.status.EventReport;
import net.hybridgateway.mgmt.status.EventStatus;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.HoldDownReading;
import net.hybridgateway.scheduler.PathState;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.UplinkState;

/** The last things that were decided about uplinks and conversion points, in words. One owner thread. */
final class EventLog {
    private static final int KEPT = 500;

    /** Something that happened, perhaps several times in a row. */
    private record Entry(
            long sequence,
            long atNanos,
            EventKind kind,
            String uplink,
            String text,
            int times,
            Optional<Outage> outage) {
        boolean isLike(EventKind otherKind, String otherUplink, String otherText) {
            return kind == otherKind && uplink.equals(otherUplink) && text.equals(otherText);
        }
    }

    private final BreakLog breaks;
    private final LongSupplier nanoTime;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<String, Long> dismissed = new HashMap<>();
    private final String boot;
    private final long startedNanos;
    private long lastSequence;

    /** @param boot another after each start */
    EventLog(BreakLog breaks, String boot, LongSupplier nanoTime) {
        this.breaks = breaks;
        this.boot = boot;
        this.nanoTime = nanoTime;
        this.startedNanos = nanoTime.getAsLong();
    }

    /**
     * Notes what people may want to know of a decision.
     *
     * @param detectNanos from the first sign of what happened to the decision
     */
    void onDecision(Decision decision, long detectNanos) {
        if (decision instanceof Decision.UplinkTransition transition) {
            onTransition(transition, detectNanos);
        } else if (decision instanceof Decision.PathVerdict verdict) {
            onVerdict(verdict);
        } else if (decision instanceof Decision.ConnectionDecision command
                && command.reason() == Reason.NO_LONGER_NEEDED) {
            breaks.left(command.token(), nanoTime.getAsLong());
        }
    }

    private void onTransition(Decision.UplinkTransition transition, long detectNanos) {
        String uplink = transition.uplink();
        String sentence = transition.reason().sentence();
        HoldDownReading holdDown = transition.holdDown();
        boolean returned = transition.to() == UplinkState.ONLINE && transition.reason() != Reason.FIRST_SEEN_UP;
        if (transition.from() == UplinkState.ONLINE) {
            Outage outage = breaks.begin(transition, detectNanos, nanoTime.getAsLong());
            add(EventKind.BREAK, uplink, sentence, Optional.of(outage));
        } else if (returned) {
            breaks.end(uplink, nanoTime.getAsLong());
            add(EventKind.RETURN, uplink, sentence, Optional.empty());
        } else if (transition.to() == UplinkState.HOLD_DOWN) {
            add(EventKind.HOLD_DOWN, uplink, watched(holdDown), Optional.empty());
        } else if (transition.from() == UplinkState.HOLD_DOWN) {
            add(EventKind.UPLINK, uplink, sentence + " It was not trusted yet.", Optional.empty());
        } else {
            add(EventKind.UPLINK, uplink, sentence, Optional.empty());
        }
        if (transition.to() == UplinkState.OFFLINE && holdDown.flapping()) {
            add(EventKind.FLAPPING, uplink, flapping(holdDown), Optional.empty());
        }
    }

    /** Another program did something to the interception table; it is as it was. */
    void onInterception(String sentence) {
        add(EventKind.INTERCEPTION, "", sentence, Optional.empty());
    }

    /** A backup was rehearsed, or was to be. */
    void onDrill(DrillStatus drill) {
        String result =
                switch (drill.result()) {
                    case WORKED -> "It works. ";
                    case FAILED -> "It would be of no use in a break. ";
                    case SKIPPED -> "Not rehearsed. ";
                };
        add(EventKind.DRILL, drill.uplink(), result + drill.text(), Optional.empty());
    }

    /** The settings were changed, or taken back. */
    void onSettings(String sentence) {
        add(EventKind.SETTINGS, "", sentence, Optional.empty());
    }

    private static String watched(HoldDownReading holdDown) {
        return "It is back, and watched for " + seconds(holdDown.holdDownNanos())
                + " s before it is trusted, for it broke "
                + (holdDown.breaks() == 1 ? "once" : holdDown.breaks() + " times") + " of late.";
    }

    private static String flapping(HoldDownReading holdDown) {
        return "It came back " + holdDown.returns() + " times in a minute: it has to be up for "
                + seconds(holdDown.settleNanos()) + " s before it is used at all.";
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    private void onVerdict(Decision.PathVerdict verdict) {
        boolean nothing = verdict.state() == PathState.TRUSTED
                && (verdict.reason() == Reason.ANSWERED || verdict.reason() == Reason.PROGRESSED);
        if (nothing) {
            dismissed.merge(verdict.uplink(), 1L, Long::sum);
        } else {
            add(
                    EventKind.CONVERSION_POINT,
                    verdict.uplink(),
                    verdict.conversionPoint().getAddress().getHostAddress() + " port "
                            + verdict.conversionPoint().getPort() + ": "
                            + verdict.reason().sentence(),
                    Optional.empty());
        }
    }

    private void add(EventKind kind, String uplink, String text, Optional<Outage> outage) {
        int times = 1;
        if (outage.isEmpty() && !entries.isEmpty() && entries.getLast().isLike(kind, uplink, text)) {
            times += entries.removeLast().times();
        }
        entries.addLast(new Entry(++lastSequence, nanoTime.getAsLong(), kind, uplink, text, times, outage));
        if (entries.size() > KEPT) {
            entries.removeFirst();
        }
    }

    EventReport report(Now now) {
        Function<Outage, BreakStatus> breakStatus = breaks.statusAt(now);
        return EventReport.of(
                boot,
                entries.stream().map(entry -> status(entry, breakStatus, now)).toList(),
                dismissed);
    }

    private EventStatus status(Entry entry, Function<Outage, BreakStatus> breakStatus, Now now) {
        return new EventStatus(
                entry.sequence(),
                now.wallAt(entry.atNanos()),
                now.secondsSince(entry.atNanos()),
                TimeUnit.NANOSECONDS.toSeconds(entry.atNanos() - startedNanos),
                entry.kind(),
                entry.uplink(),
                entry.text(),
                entry.times(),
                entry.outage().map(breakStatus));
    }
}
