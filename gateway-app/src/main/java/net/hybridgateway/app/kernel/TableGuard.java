package net.hybridgateway.app.kernel;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.nftables.NfTables;
import net.hybridgateway.netlink.nftables.NftTable;
import net.hybridgateway.netlink.nftables.NftTableImage;

/**
 * Keeps our table in the kernel as it was written, whatever others do to it.
 *
 * <p>It looks when told that something happened, and by itself every half minute, should the word have been lost. A look
 * begins with the number of the last transaction: while nobody changed anything, it costs one message. What it finds is
 * compared with what was there right after the writing, so that its own changes never look like those of others.
 *
 * <p>Thread-safe: the table comes from whoever knows the conversion points, the looks from the control thread.
 */
public final class TableGuard {
    /** Those who take a table away may be about to put back more. */
    static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Against somebody who removes it all the time: four times a second is work enough. */
    static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Somebody else's transaction between two of our questions is rare; so many in a row are none. */
    private static final int ATTEMPTS = 3;

    private static final long NEVER_SEEN = -1;

    /** What others had done to the table. */
    public enum Damage {
        REMOVED,
        CHANGED
    }

    private final NfTables nfTables;
    private Optional<NftTable> wanted = Optional.empty();
    private Optional<NftTableImage> written = Optional.empty();
    private long seenGeneration = NEVER_SEEN;
    private long nextLookNanos;
    private long notBeforeNanos;

    /** Guards nothing yet. */
    public TableGuard(NfTables nfTables, long nowNanos) {
        this.nfTables = nfTables;
        this.nextLookNanos = nowNanos + LOOK_NANOS;
        this.notBeforeNanos = nowNanos;
    }

    /**
     * Puts a table in place of the one before, and guards it from now on.
     *
     * @throws NetlinkException if the kernel refuses it; the one before stays, and stays guarded
     */
    public synchronized void keep(NftTable table) {
        write(table);
    }

    /** Takes the table away and guards nothing any more. */
    public synchronized void release() {
        wanted = Optional.empty();
        InterceptionTable.remove(nfTables);
    }

    /** Something may have happened to the table: have a look soon. */
    public synchronized void look(long nowNanos) {
        long soon = nowNanos + SETTLE_NANOS;
        long due = soon - notBeforeNanos < 0 ? notBeforeNanos : soon;
        if (due - nextLookNanos < 0) {
            nextLookNanos = due;
        }
    }

    /** When {@link #tick} wants to be called. */
    public synchronized long nextLookNanos() {
        return nextLookNanos;
    }

    /**
     * Looks, if it is time, and puts the table back if it is not as it was.
     *
     * @return what was found wrong, and is right again
     * @throws NetlinkException if the kernel refuses; the next look follows after a pause
     */
    public synchronized Optional<Damage> tick(long nowNanos) {
        if (nowNanos - nextLookNanos < 0) {
            return Optional.empty();
        }
        nextLookNanos = nowNanos + PAUSE_NANOS;
        Optional<Damage> damage = wanted.flatMap(table -> inspect(table, nowNanos));
        nextLookNanos = nowNanos + LOOK_NANOS;
        return damage;
    }

    private Optional<Damage> inspect(NftTable table, long nowNanos) {
        long generation = nfTables.generation();
        if (generation == seenGeneration) {
            return Optional.empty();
        }
        Optional<NftTableImage> found = nfTables.image(table.name());
        if (found.isPresent() && found.equals(written)) {
            seenGeneration = generation;
            return Optional.empty();
        }
        notBeforeNanos = nowNanos + PAUSE_NANOS;
        write(table);
        return Optional.of(found.isPresent() ? Damage.CHANGED : Damage.REMOVED);
    }

    private void write(NftTable table) {
        seenGeneration = NEVER_SEEN;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long before = nfTables.generation();
            nfTables.replace(table);
            wanted = Optional.of(table);
            written = nfTables.image(table.name());
            long after = nfTables.generation();
            if (after - before == 1) {
                // Nobody came between: the image is that of our table.
                seenGeneration = after;
                return;
            }
        }
    }
}
