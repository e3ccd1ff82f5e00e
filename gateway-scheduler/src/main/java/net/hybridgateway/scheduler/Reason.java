package net.hybridgateway.scheduler;

/** Why a decision was taken, with a sentence for people. */
public enum Reason {
    /** {@link UplinkState#ONLINE} for the first time. */
    FIRST_SEEN_UP("The uplink is up."),
    DEVICE_GONE("The device of the uplink is gone."),
    CARRIER_LOST("The uplink lost its carrier."),
    ADDRESS_LOST("The uplink lost its last address."),
    ROUTE_LOST("The uplink lost its route."),
    SWITCHED_OFF("An operator switched the uplink off."),
    SWITCHED_ON("An operator switched the uplink on."),
    CAME_BACK("The uplink came back and is watched for a while before it is trusted."),
    STAYED_UP("The uplink came back and stayed up."),
    READDRESSED("The uplink got a new address; its carrier was never away."),

    SHARES_LOAD("The uplink shares the load of the connection."),
    STANDS_BY("The uplink stands by for the connection."),
    PREFERRED_BROKE("No preferred uplink carries the connection."),
    TRIED_AGAIN("The last attempt failed; this is the next one."),

    PEER_MUST_KNOW("The subflow is dead, and the peer should stop waiting for it."),
    PEER_TOLD_AGAIN("The peer may have missed that the subflow is dead."),
    ATTEMPT_UNDONE("The uplink broke, or stayed silent, while the subflow was being created."),
    NO_LONGER_NEEDED("A preferred uplink carries the connection again."),
    DEAD("The subflow is dead, and the peer was told."),
    REPLACED("The subflow is dead, and a new one from the same address takes its place."),
    SURPLUS("The uplink already has a subflow of this connection."),

    STARTED_ON_BACKUP("The connection started on an uplink that is only a backup."),
    STARTED_ON_PREFERRED("The uplink is not a backup for this connection.");

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    /** For people: one English sentence. */
    public String sentence() {
        return sentence;
    }
}
