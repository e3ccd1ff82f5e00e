package net.hybridgateway.lab.bench.rival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Pause;

/**
 * What all processors did since the machine started, in clock ticks (proc_stat(5)).
 *
 * @param busy neither idle nor waiting for a disk; with what the host of a virtual machine took away
 * @param all everything
 */
public record MachineTime(long busy, long all) {
    private static final Path FILE = Path.of("/proc/stat");
    private static final int FIELDS = 8;
    private static final int IDLE = 3;
    private static final int IOWAIT = 4;

    /** Until now. */
    public static MachineTime now() {
        try {
            String first = Files.readAllLines(FILE).get(0);
            long[] ticks = Arrays.stream(first.substring("cpu".length()).strip().split("\\s+", -1))
                    .limit(FIELDS)
                    .mapToLong(Long::parseLong)
                    .toArray();
            long all = Arrays.stream(ticks).sum();
            return new MachineTime(all - ticks[IDLE] - ticks[IOWAIT], all);
        } catch (IOException e) {
            throw new LabException("cannot read " + FILE, e);
        }
    }

    /** The share of all processors that was busy since {@code earlier}, 0 to 1. */
    public double busyShareSince(MachineTime earlier) {
        return all == earlier.all ? 0 : (double) (busy - earlier.busy) / (all - earlier.all);
    }

    /** How busy the machine is for so long, while the lab itself does nothing: others' work. */
    public static double busyShareFor(Duration time) {
        MachineTime before = now();
        Pause.of(time);
        return now().busyShareSince(before);
    }
}
