package net.hybridgateway.lab.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A device's counters since it was made; bytes include the Ethernet header.
 *
 * @param bytesIn received bytes
 * @param packetsIn received packets
 * @param bytesOut sent bytes
 * @param packetsOut sent packets
 */
public record Counters(long bytesIn, long packetsIn, long bytesOut, long packetsOut) {
    // proc_pid_net(5), net/dev: "wan0: bytes packets errs drop fifo frame compressed multicast bytes packets …"
    private static final Path DEVICES = Path.of("/proc/thread-self/net/dev");
    private static final int FIELDS = 16;

    /** Reads them in the calling thread's namespace. */
    public static Counters read(String device) throws IOException {
        List<String> lines = Files.readAllLines(DEVICES);
        for (String line : lines) {
            String[] nameAndNumbers = line.strip().split(":\\s*", 2);
            if (nameAndNumbers[0].equals(device)) {
                String[] numbers = nameAndNumbers[1].split("\\s+", FIELDS);
                return new Counters(
                        Long.parseLong(numbers[0]),
                        Long.parseLong(numbers[1]),
                        Long.parseLong(numbers[8]),
                        Long.parseLong(numbers[9]));
            }
        }
        throw new LabException("no device " + device + " here");
    }

    /** What was counted after {@code earlier}. */
    public Counters since(Counters earlier) {
        return new Counters(
                bytesIn - earlier.bytesIn,
                packetsIn - earlier.packetsIn,
                bytesOut - earlier.bytesOut,
                packetsOut - earlier.packetsOut);
    }

    /** Both directions together: what a cellular tariff counts. */
    public long bytes() {
        return bytesIn + bytesOut;
    }
}
