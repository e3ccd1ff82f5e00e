package net.hybridgateway.app.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.mgmt.status.ConversionPointStatus;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthProblem;
import net.hybridgateway.scheduler.EngineSnapshot;
import net.hybridgateway.scheduler.HoldDownReading;
import net.hybridgateway.scheduler.SinglePathCause;
import net.hybridgateway.scheduler.UplinkState;
import net.hybridgateway.scheduler.quota.AllowanceReason;
import net.hybridgateway.scheduler.quota.QuotaStanding;

/** Looks for what is wrong, and says what that means and what to do. */
final class Health {
    /** Fewer connections with a single path are put down to chance. */
    private static final int MANY = 10;

    private final List<HealthProblem> entries = new ArrayList<>();

    private Health() {}

    /** What is wrong now. */
    static List<HealthProblem> of(
            EngineSnapshot engine,
            List<ConversionPointStatus> conversionPoints,
            QuotaKeeper.View quotas,
            List<HealthProblem> problems) {
        Health health = new Health();
        health.look(conversionPoints);
        health.lookForAny(engine.uplinks());
        engine.uplinks().forEach(health::look);
        health.lookForSinglePaths(engine.connections());
        quotas.standings().forEach(health::look);
        health.entries.addAll(quotas.problems());
        health.entries.addAll(problems);
        return List.copyOf(health.entries);
    }

    private void look(List<ConversionPointStatus> conversionPoints) {
        if (conversionPoints.isEmpty()) {
            add(
                    HealthCode.NO_CONVERSION_POINT,
                    "",
                    "No conversion point is known: connections go direct and end with their uplink.");
        }
        for (ConversionPointStatus point : conversionPoints) {
            if (point.state().isAvoided()) {
                add(
                        HealthCode.CONVERSION_POINT_DOWN,
                        subject(point),
                        "Conversion point " + point.name() + " (" + point.address() + ") is not used now. "
                                + point.reason().orElse("It does not answer."),
                        point.stateSeconds());
            } else if (point.mptcp().equals(Optional.of(false))) {
                add(
                        HealthCode.NO_MULTIPATH,
                        subject(point),
                        "Multipath TCP does not get through to conversion point " + point.name() + " ("
                                + point.address() + "): connections end with their uplink.");
            }
        }
    }

    private void look(EngineSnapshot.UplinkView uplink) {
        String name = uplink.config().name();
        HoldDownReading holdDown = uplink.holdDown();
        if (uplink.state() == UplinkState.OFFLINE) {
            add(
                    HealthCode.UPLINK_DOWN,
                    name,
                    "Uplink " + name + " is down. "
                            + uplink.reason().map(reason -> reason.sentence()).orElse("It was never up."),
                    stateSeconds(uplink));
        } else if (uplink.state() == UplinkState.DISABLED) {
            add(
                    HealthCode.UPLINK_SWITCHED_OFF,
                    name,
                    "Uplink " + name + " is switched off until the next start.",
                    stateSeconds(uplink));
        }
        if (holdDown.flapping()) {
            add(
                    HealthCode.UPLINK_FLAPPING,
                    name,
                    "Uplink " + name + " came back " + holdDown.returns()
                            + " times in a minute: it is not used before it"
                            + " was up for " + TimeUnit.NANOSECONDS.toSeconds(holdDown.settleNanos())
                            + " s.");
        }
    }

    /** A connection with one path ends with its uplink; most of the time, one cause stands behind all of them. */
    private void lookForSinglePaths(List<EngineSnapshot.ConnectionView> connections) {
        List<SinglePathCause> causes = connections.stream()
                .flatMap(connection -> connection.singlePath().stream())
                .toList();
        if (causes.size() >= MANY && causes.size() * 2 > connections.size()) {
            add(
                    HealthCode.SINGLE_PATH,
                    "",
                    causes.size() + " of " + connections.size() + " connections would end with their uplink ("
                            + causes.get(0).sentence() + ").");
        }
    }

    private void look(String uplink, QuotaStanding standing) {
        if (standing.reason() == AllowanceReason.SOFT_TIER) {
            add(
                    HealthCode.QUOTA_SOFT,
                    uplink,
                    "Uplink " + uplink + ": " + standing.reason().sentence());
        } else if (standing.reason() == AllowanceReason.QUOTA_USED_UP) {
            add(
                    HealthCode.QUOTA_USED_UP,
                    uplink,
                    "Uplink " + uplink + ": " + standing.reason().sentence());
        }
    }

    private void lookForAny(List<EngineSnapshot.UplinkView> uplinks) {
        boolean none = uplinks.stream()
                .allMatch(uplink -> uplink.state() == UplinkState.OFFLINE || uplink.state() == UplinkState.DISABLED);
        if (none) {
            add(HealthCode.NO_UPLINK, "", "No uplink works: the house is offline.");
        }
    }

    /** Several addresses of a conversion point have one name. */
    private static String subject(ConversionPointStatus point) {
        return point.name() + " " + point.address();
    }

    private static OptionalLong stateSeconds(EngineSnapshot.UplinkView uplink) {
        return OptionalLong.of(TimeUnit.NANOSECONDS.toSeconds(uplink.stateForNanos()));
    }

    private void add(HealthCode code, String subject, String text) {
        add(code, subject, text, OptionalLong.empty());
    }

    private void add(HealthCode code, String subject, String text, OptionalLong forSeconds) {
        entries.add(new HealthProblem(code, subject, text, forSeconds));
    }
}
