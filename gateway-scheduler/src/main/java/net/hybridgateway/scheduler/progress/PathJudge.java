package net.hybridgateway.scheduler.progress;

/**
 * Judges one path, an uplink with a conversion point behind it, by all the subflows and attempts that use it.
 *
 * <p>They share its fate. So a stalled subflow makes the path suspect only once nothing else has come over the path either
 * for as long as that subflow was to wait; and if something does come after that time, the subflow waits for reasons of its
 * own, and its stall is put aside for good.
 *
 * <p>A path is suspected once. Subflows that stall later are reported with pauses that double from the first one's limit up
 * to 10 s, until the path makes progress: a verdict that came out wrong gets a second chance, a connection that stands still
 * for reasons of its own does not hide the line's end for long, and a thousand of them do not say so a thousand times.
 *
 * <p>Times are those of one monotonic clock. Not thread-safe.
 */
public final class PathJudge {
    /** What becomes of a stalled subflow. */
    public enum Verdict {
        /** The path is to be suspected: say so. */
        SUSPECT,
        /** The path was moving a moment ago: ask again while the subflow stands still. */
        WAIT,
        /** Nothing to be said: the path moves, or is suspected already. */
        SETTLED
    }

    private static final long LONGEST_QUIET_NANOS = 10_000_000_000L;

    private boolean moved;
    private long progressNanos;
    private boolean suspected;
    private long suspectedNanos;
    private long quietNanos;

    /**
     * Bytes, an acknowledgment or a SYN/ACK came over the path.
     *
     * @param atNanos when, which may be before what was said last
     * @return whether this ends a suspicion
     */
    public boolean progressed(long atNanos) {
        if (moved && atNanos - progressNanos <= 0) {
            return false;
        }
        moved = true;
        progressNanos = atNanos;
        boolean news = suspected;
        suspected = false;
        return news;
    }

    /** Whether something came over the path after that moment. */
    public boolean movedSince(long nanos) {
        return moved && progressNanos - nanos > 0;
    }

    /** A subflow on the path stands still. */
    public Verdict stalled(Stall stall, long nowNanos) {
        if (moved && progressNanos - stall.dueNanos() >= 0) {
            return Verdict.SETTLED;
        }
        if (nowNanos - sinceNanos(stall) < stall.limitNanos()) {
            return Verdict.WAIT;
        }
        if (suspected && nowNanos - suspectedNanos < quietNanos) {
            return Verdict.SETTLED;
        }
        quietNanos = suspected ? Math.min(2 * quietNanos, LONGEST_QUIET_NANOS) : stall.limitNanos();
        suspected = true;
        suspectedNanos = nowNanos;
        return Verdict.SUSPECT;
    }

    /** Since when nothing has come over the path, as far as this stall tells: its own beginning, or later progress. */
    public long sinceNanos(Stall stall) {
        return moved && progressNanos - stall.sinceNanos() > 0 ? progressNanos : stall.sinceNanos();
    }
}
