package net.hybridgateway.scheduler;

import net.hybridgateway.scheduler.overflow.OverflowCause;

/** Why a decision was taken, with a sentence for people. */
public enum Reason {
    /** {@link UplinkState#ONLINE} for the first time. */
    FIRST_SEEN_UP("The uplink is up."),
    DEVICE_GONE("The device of the uplink is gone."),
    CARRIER_LOST("The uplink lost its carrier."),
    ADDRESS_LOST("The uplink lost its last address."),
    ROUTE_LOST("The uplink lost its route."),
    SILENT("Nothing comes over the uplink any more, although its device says that it is up."),
    POINT_WAS_SILENT("The conversion point answers over no uplink: it was not the uplink's silence."),
    SWITCHED_OFF("An operator switched the uplink off."),
    SWITCHED_ON("An operator switched the uplink on."),
    CAME_BACK("The uplink came back and is watched for a while before it is trusted."),
    STAYED_UP("The uplink came back and stayed up."),
    READDRESSED("The uplink got a new address; its carrier was never away."),

    STALLED("A connection makes no progress: the conversion point is asked for a sign of life."),
    WITNESS("Something else fell silent: this is asked to tell whose silence it is."),
    ASKED_AGAIN("The conversion point has not answered yet: it is asked again."),
    ANSWERED("The conversion point answered: the server is slow or silent, not the uplink."),
    PROGRESSED("Bytes came again before the conversion point was given up."),
    NO_ANSWER_HERE("The conversion point does not answer over this uplink, while others do."),
    NO_ANSWER_ANYWHERE("The conversion point answers over no uplink."),
    REFUSES("The conversion point's host refuses: it is not running."),
    ANSWERS_AGAIN("The conversion point answers again."),

    SHARES_LOAD("The uplink shares the load of the connection."),
    STANDS_BY("The uplink stands by for the connection."),
    PREFERRED_BROKE("No preferred uplink carries the connection."),
    TRIED_AGAIN("The last attempt failed; this is the next one."),

    PEER_MUST_KNOW("The subflow is dead, and the peer should stop waiting for it."),
    PEER_TOLD_AGAIN("The peer may have missed that the subflow is dead."),
    ATTEMPT_UNDONE("The uplink broke, or stayed silent, while the subflow was being created."),
    NOT_ALLOWED("Its quota, its schedule or a rule keeps the connection off the uplink."),
    NO_LONGER_NEEDED("A preferred uplink carries the connection again."),
    DEAD("The subflow is dead, and the peer was told."),
    REPLACED("The subflow is dead, and a new one from the same address takes its place."),
    SURPLUS("The uplink already has a subflow of this connection."),

    SATURATED("The preferred uplinks are full, and this transfer would gain from another one."),
    NEED_ENDED("The transfer is over, or the preferred uplinks carry it alone again."),
    NO_GAIN("All uplinks together were hardly faster than the preferred ones alone."),
    JOIN_OVERDUE("The subflow took too long to come up."),

    STARTED_ON_BACKUP("The uplink is only a backup for this connection."),
    STARTED_ON_PREFERRED("The uplink is not a backup for this connection.");

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    /** The same in the words of this enum. */
    static Reason of(OverflowCause cause) {
        return switch (cause) {
            case SATURATED -> SATURATED;
            case NEED_ENDED -> NEED_ENDED;
            case NO_GAIN -> NO_GAIN;
            case JOIN_OVERDUE -> JOIN_OVERDUE;
            case NOT_ALLOWED -> NOT_ALLOWED;
            case PREFERRED_BROKE -> PREFERRED_BROKE;
        };
    }

    /** For people: one English sentence. */
    public String sentence() {
        return sentence;
    }
}
