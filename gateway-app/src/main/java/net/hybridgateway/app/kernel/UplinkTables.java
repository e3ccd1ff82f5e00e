package net.hybridgateway.app.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Which device has which routing table: in the order in which they come, and for good, for rules that lead there outlive
 * changes of the configuration. One owner thread.
 */
public final class UplinkTables {
    private final List<String> devices = new ArrayList<>();

    /** With tables for these, in this order. */
    public UplinkTables(List<String> devices) {
        devices.forEach(this::add);
    }

    /** Gives a device a table, if it has none. */
    public void add(String device) {
        if (devices.contains(device)) {
            return;
        }
        if (devices.size() == KernelNames.MOST_UPLINK_TABLES) {
            throw new IllegalStateException("more than " + KernelNames.MOST_UPLINK_TABLES
                    + " devices were uplinks since the start: the next one needs a restart");
        }
        devices.add(device);
    }

    /** All devices that have tables. */
    List<String> devices() {
        return List.copyOf(devices);
    }

    /** The table of a device that has one. */
    long of(String device) {
        int position = devices.indexOf(device);
        if (position < 0) {
            throw new IllegalArgumentException("no table for " + device);
        }
        return KernelNames.FIRST_UPLINK_TABLE + position;
    }
}
