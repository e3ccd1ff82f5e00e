package net.hybridgateway.scheduler;

/**
 * The state machine of an uplink; {@link UplinkTracker} makes all transitions. "Up" means: the device is present, has
 * carrier, and has an address whose family has a route.
 *
 * <pre>
 *             switched off (from anywhere)
 *   DISABLED &lt;----------------------------+
 *      | switched on: as from OFFLINE     |
 *      v          up again                |
 *   OFFLINE ------------------&gt; HOLD_DOWN |
 *    ^  |  ^        not up          |     |
 *    |  |  +------------------------+     |
 *    |  |                           | stayed up
 *    |  | up for the first time,    v     |
 *    |  +-----------------------&gt; ONLINE -+
 *    |    new address, same carrier |
 *    +------------------------------+
 *                  not up
 * </pre>
 */
public enum UplinkState {
    /**
     * An operator switched it off. In: from every state. Out: switched on, to OFFLINE if not up, to HOLD_DOWN if up for
     * less than the hold-down, else to ONLINE.
     */
    DISABLED,
    /**
     * Not up, or up too often in the last minute to be believed yet. In: from every state. Out: to ONLINE if it is up for
     * the first time, or has a new address while its carrier was never away; to HOLD_DOWN if it is up again.
     */
    OFFLINE,
    /**
     * Up again, but it has to stay up for a while. Connections use it only if nothing better works. In: from OFFLINE or
     * DISABLED. Out: to ONLINE after the hold-down, to OFFLINE when not up.
     */
    HOLD_DOWN,
    /** Up and trusted. In: from every state. Out: to OFFLINE when not up, to DISABLED. */
    ONLINE
}
