package net.hybridgateway.mgmt.status;

import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What {@code hybrid-gateway events} prints, for a terminal of 80 columns. */
public final class EventText {
    private EventText() {}

    /** All that is known; lines end with a line feed. */
    public static String of(EventReport report) {
        return (report.events().isEmpty() ? "no events\n" : news(report))
                + report.dismissedSuspicions().entrySet().stream()
                        .map(EventText::dismissed)
                        .collect(Collectors.joining());
    }

    /** Just what happened: nothing, if nothing did. */
    public static String news(EventReport report) {
        return (report.dropped() == 0 ? "" : "earlier ones that are no longer kept: " + report.dropped() + "\n")
                + report.events().stream().map(EventText::event).collect(Collectors.joining());
    }

    private static String event(EventStatus event) {
        String times = event.times() > 1 ? " (" + event.times() + " times)" : "";
        return event.at() + ", " + StatusText.duration(event.agoSeconds()) + " ago: "
                + Words.of(event.kind()).replace('-', ' ') + about(event) + times + "\n"
                + StatusText.wrapped(event.text())
                + event.outage()
                        .map(outage -> StatusText.wrapped(effects(outage)))
                        .orElse("");
    }

    private static String about(EventStatus event) {
        if (event.uplink().isEmpty()) {
            return "";
        }
        return (event.kind() == EventKind.UPLINK ? " " : " of ") + event.uplink();
    }

    private static String effects(BreakStatus outage) {
        return "noticed after " + outage.detectMillis() + " ms, "
                + (outage.gapMillis().isPresent()
                        ? "longest gap " + outage.gapMillis().getAsLong() + " ms, "
                        : "")
                + "busy connections: " + outage.kept() + " kept, " + outage.lost() + " lost, "
                + StatusText.bytes(outage.bytesOnBackup()) + " bytes on other uplinks"
                + drain(outage.drainMillis());
    }

    private static String drain(OptionalLong millis) {
        return millis.isPresent() ? ", drained " + StatusText.tenths(millis.getAsLong()) + " s after the return" : "";
    }

    private static String dismissed(Map.Entry<String, Long> entry) {
        return entry.getKey() + ": " + entry.getValue() + (entry.getValue() == 1 ? " suspicion" : " suspicions")
                + " of silence dismissed since the start\n";
    }
}
