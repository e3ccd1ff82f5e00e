package net.hybridgateway.mgmt.control;

/** Switches uplinks off and on again, until the next start. Called on the thread "mgmt"; never blocks for long. */
public interface UplinkSwitch {
    /**
     * Switches an uplink; to do what is done already is no error.
     *
     * @param forced also if no other uplink works
     * @throws CommandException if there is no such uplink, or it is the last one that works and this is not forced
     */
    void turn(String uplink, boolean on, boolean forced) throws CommandException;
}
