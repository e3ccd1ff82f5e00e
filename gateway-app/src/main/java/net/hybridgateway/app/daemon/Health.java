package net.hybridgateway.app.daemon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.mgmt.status.ConversionPointStatus;
import net.hybridgateway.mgmt.status.HealthEntry;
import net.hybridgateway.mgmt.status.Severity;
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

    private final List<HealthEntry> entries = new ArrayList<>();

    private Health() {}

    /** What is wrong now, worst first. */
    static List<HealthEntry> of(
            EngineSnapshot engine,
            List<ConversionPointStatus> conversionPoints,
            QuotaKeeper.View quotas,
            List<HealthEntry> problems) {
        Health health = new Health();
        health.look(conversionPoints);
        engine.uplinks().forEach(health::look);
        health.lookForSinglePaths(engine.connections());
        quotas.standings().forEach(health::look);
        health.entries.addAll(quotas.problems());
        health.entries.addAll(problems);
        health.entries.sort(Comparator.comparing(HealthEntry::severity).reversed());
        return List.copyOf(health.entries);
    }

    private void look(List<ConversionPointStatus> conversionPoints) {
        if (conversionPoints.isEmpty()) {
            add(
                    "no-conversion-point",
                    Severity.ERROR,
                    "No conversion point is known: connections go direct and end with their uplink.");
        }
        for (ConversionPointStatus point : conversionPoints) {
            if (point.state() == ConversionPointStatus.State.DOWN) {
                add(
                        "conversion-point-down",
                        Severity.ERROR,
                        "Conversion point " + point.name() + " (" + point.address() + ") does not answer.");
            } else if (point.mptcp().equals(Optional.of(false))) {
                add(
                        "no-multipath",
                        Severity.WARNING,
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
                    "uplink-down",
                    Severity.WARNING,
                    "Uplink " + name + " is down. "
                            + uplink.reason().map(reason -> reason.sentence()).orElse("It was never up."));
        }
        if (holdDown.flapping()) {
            add(
                    "uplink-flapping",
                    Severity.WARNING,
                    "Uplink " + name + " came back " + holdDown.returns()
                            + " times in a minute: it is not used before it"
                            + " was up for " + TimeUnit.NANOSECONDS.toSeconds(holdDown.settleNanos())
                            + " s. Look at its cable, its modem or its signal.");
        }
    }

    /** A connection with one path ends with its uplink; most of the time, one cause stands behind all of them. */
    private void lookForSinglePaths(List<EngineSnapshot.ConnectionView> connections) {
        List<SinglePathCause> causes = connections.stream()
                .flatMap(connection -> connection.singlePath().stream())
                .toList();
        if (causes.size() >= MANY && causes.size() * 2 > connections.size()) {
            add(
                    "single-path",
                    Severity.WARNING,
                    causes.size() + " of " + connections.size() + " connections would end with their uplink ("
                            + causes.get(0).sentence() + "). The conversion point has to announce an address that every"
                            + " uplink can reach.");
        }
    }

    private void look(String uplink, QuotaStanding standing) {
        if (standing.reason() == AllowanceReason.SOFT_TIER) {
            add(
                    "quota-soft",
                    Severity.WARNING,
                    "Uplink " + uplink + ": " + standing.reason().sentence());
        } else if (standing.reason() == AllowanceReason.QUOTA_USED_UP) {
            add(
                    "quota-used-up",
                    Severity.ERROR,
                    "Uplink " + uplink + ": " + standing.reason().sentence());
        }
    }

    private void add(String code, Severity severity, String text) {
        entries.add(new HealthEntry(code, severity, text));
    }
}
