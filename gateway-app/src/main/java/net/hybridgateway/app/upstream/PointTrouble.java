package net.hybridgateway.app.upstream;

/** Why a conversion point is not used over an uplink, with a sentence for people. */
public enum PointTrouble {
    NOT_REACHED("No connection to it can be made."),
    SILENT("It does not answer."),
    MUTE("Its host answers, but it says nothing."),
    BROKE_OFF("It took connections and broke them off, or said nothing."),
    NO_CONVERT("What answers in its place speaks another protocol, as a captive portal would."),
    NOT_AUTHORIZED("It refuses to serve this house (error 32)."),
    UNUSABLE("It refuses what is asked of it."),
    OUT_OF_RESOURCES("It has no resources left and asked for a pause (error 64)."),
    NETWORK_FAILURE("Its network fails and it asked for a pause (error 65)."),
    OTHER_ERROR("It has a trouble of its own and gets a pause.");

    private final String sentence;

    PointTrouble(String sentence) {
        this.sentence = sentence;
    }

    /** For people: one English sentence. */
    public String sentence() {
        return sentence;
    }
}
