package net.hybridgateway.mgmt.status;

import java.util.Objects;

/**
 * Everything that can be wrong for longer than a moment. The word of a code is for programs and never changes its meaning;
 * docs/operations.md lists them all.
 */
public enum HealthCode {
    NO_UPLINK(Severity.ERROR, true, "Look at the cables and modems; the reason of each uplink says more."),
    CONVERSION_POINT_DOWN(
            Severity.ERROR,
            true,
            "It is asked again by itself. If it stays so, ask who runs it; hybrid-gateway probe tells what is in the way."),
    NO_CONVERSION_POINT(
            Severity.ERROR,
            false,
            "Configure one (config conversion_point), or look whether the DHCP client asks for the option."),
    QUOTA_USED_UP(Severity.ERROR, true, "Wait for the next period, or raise option quota."),
    QUOTA_LOST(Severity.ERROR, false, "See the operator's own count; the old file is kept beside the new one."),
    UPLINK_DOWN(Severity.WARNING, false, "Look at its cable, its modem or its SIM."),
    UPLINK_FLAPPING(Severity.WARNING, false, "Look at its cable, its modem or its signal."),
    NO_MULTIPATH(Severity.WARNING, false, "Run hybrid-gateway probe: it tells where the options get lost."),
    SINGLE_PATH(
            Severity.WARNING,
            false,
            "The conversion point has to announce an address that every uplink can reach: tell who runs it."),
    CONFIGURATION_REFUSED(
            Severity.WARNING,
            false,
            "Correct the file (hybrid-gateway check lists all that is wrong), then run hybrid-gateway reload."),
    SETTINGS_NOT_SAVED(Severity.WARNING, false, "Make room there, or name another folder with option state_dir."),
    QUOTA_SOFT(Severity.WARNING, false, "Wait for the next period, or raise option quota."),
    QUOTA_NOT_SAVED(Severity.WARNING, false, "Make room there, or name another folder with option state_dir."),
    INTERCEPTION_REMOVED(
            Severity.WARNING, false, "Let that program flush its own tables only, and never the whole ruleset."),
    LEASE_REFUSED(
            Severity.WARNING,
            false,
            "Ask the operator; if it is not the operator's server, look for it in the network."),
    BACKUP_DRILL_FAILED(
            Severity.WARNING,
            false,
            "Look at its modem, its SIM and its tariff, then try again: hybrid-gateway drill."),
    PAGE_NOT_SERVED(
            Severity.WARNING, false, "Look whether its address is one of the gateway's, and whether its files fit."),
    RESTART_NEEDED(Severity.INFO, false, "Restart hybrid-gateway when nobody minds: connections end with it."),
    BROKER_UNREACHABLE(
            Severity.WARNING, false, "The text says what is in the way; docs/mqtt.md says what to do about each."),
    UPLINK_SWITCHED_OFF(Severity.INFO, false, "To use it again: hybrid-gateway uplink NAME on.");

    private final Severity severity;
    private final boolean impactsConnectivity;
    private final String action;

    HealthCode(Severity severity, boolean impactsConnectivity, String action) {
        this.severity = severity;
        this.impactsConnectivity = impactsConnectivity;
        this.action = Objects.requireNonNull(action);
    }

    /** {@code conversion-point-down}. */
    public String word() {
        return Words.of(this);
    }

    public Severity severity() {
        return severity;
    }

    /** Whether connections end, or cannot begin, or lack a way that they need, because of it. */
    public boolean impactsConnectivity() {
        return impactsConnectivity;
    }

    /** What to do about it: one or two sentences for people. */
    public String action() {
        return action;
    }
}
