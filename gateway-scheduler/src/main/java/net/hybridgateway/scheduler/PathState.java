package net.hybridgateway.scheduler;

/**
 * What is believed of a path: the way from one uplink to one conversion point. {@link PathWatch} makes all transitions.
 *
 * <pre>
 *                stalled                     no answer in time
 *   TRUSTED ------------------&gt; SUSPECT ----------------------&gt; DEAD
 *    ^   ^  answered, progressed   |                              |
 *    |   +-------------------------+          answered            |
 *    +------------------------------------------------------------+
 * </pre>
 */
public enum PathState {
    /** Nothing is known against it. In: an answer, or progress. Out: to SUSPECT when a connection stalls. */
    TRUSTED,
    /**
     * A connection stalls, and the conversion point was asked for a sign of life. New connections hedge. Out: to TRUSTED
     * with any sign of life, to DEAD when the patience is over.
     */
    SUSPECT,
    /** No answer. It is asked again after 1, 2, 4... seconds. Out: to TRUSTED when it answers. */
    DEAD
}
