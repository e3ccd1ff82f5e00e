package net.hybridgateway.app.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import net.hybridgateway.netlink.route.Link;
import net.hybridgateway.netlink.route.RouteNetlink;

/** The facts about quotas, from this machine; the one place that reads the wall clock. */
record SystemSources(InstantSource clock, LongSupplier nanoTime, RouteNetlink netlink, String boot)
        implements QuotaKeeper.Sources {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    static SystemSources of(LongSupplier nanoTime, RouteNetlink netlink) {
        try {
            return new SystemSources(
                    InstantSource.system(),
                    nanoTime,
                    netlink,
                    Files.readString(BOOT_ID).strip());
        } catch (IOException e) {
            throw new DaemonException("cannot read " + BOOT_ID + ": " + e, e);
        }
    }

    /** What the wall clock says, for people. */
    static Instant wallClock() {
        return InstantSource.system().instant();
    }

    @Override
    public Instant wall() {
        return clock.instant();
    }

    /** This moment on both clocks. */
    Now now() {
        return new Now(nanos(), wall());
    }

    @Override
    public long nanos() {
        return nanoTime.getAsLong();
    }

    @Override
    public List<Link> links() {
        return netlink.links();
    }
}
