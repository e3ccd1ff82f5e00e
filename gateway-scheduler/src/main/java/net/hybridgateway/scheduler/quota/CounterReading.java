package net.hybridgateway.scheduler.quota;

import java.util.Objects;

/**
 * The byte counters of a device at one moment, with what tells whether they began anew since another moment.
 *
 * @param boot names the machine's uptime; another after each reboot
 * @param deviceIndex the kernel's; another for each device that is made; 0 while there is none
 * @param inBytes from the network, at least 0
 * @param outBytes to the network, at least 0
 */
public record CounterReading(String boot, int deviceIndex, long inBytes, long outBytes) {
    public CounterReading {
        Objects.requireNonNull(boot, "boot");
        if (deviceIndex < 0 || inBytes < 0 || outBytes < 0) {
            throw new IllegalArgumentException("device " + deviceIndex + ", in " + inBytes + ", out " + outBytes);
        }
    }

    /** The device does not exist. */
    public static CounterReading absent(String boot) {
        return new CounterReading(boot, 0, 0, 0);
    }

    /** What was carried since an earlier reading, both directions together. */
    public long bytesSince(CounterReading earlier) {
        boolean anew = !boot.equals(earlier.boot)
                || deviceIndex != earlier.deviceIndex
                || inBytes < earlier.inBytes
                || outBytes < earlier.outBytes;
        return anew ? inBytes + outBytes : inBytes - earlier.inBytes + outBytes - earlier.outBytes;
    }
}
