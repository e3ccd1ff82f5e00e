package net.hybridgateway.lab.net;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line does to packets. Rates count Ethernet frames, so TCP with 1,448 bytes in 1,514 can reach 95.6 % of them.
 *
 * @param downBitsPerSecond rate towards the gateway
 * @param upBitsPerSecond rate from the gateway
 * @param rttMillis round trip of a packet that meets no queue, half of it in each direction
 * @param lossPercent packets lost at random, in each direction
 */
public record LineShape(long downBitsPerSecond, long upBitsPerSecond, double rttMillis, double lossPercent) {
    private static final Pattern TEXT =
            Pattern.compile("([0-9.]+)(kbit|mbit|gbit)(?:/([0-9.]+)(kbit|mbit|gbit))?,([0-9.]+)ms");

    // A queue shorter than this drops in the middle of the burst that one segmentation offload makes.
    private static final long SMALLEST_QUEUE_BYTES = 64 * 1024;

    public LineShape {
        if (downBitsPerSecond < 10_000 || upBitsPerSecond < 10_000) {
            throw new IllegalArgumentException("a line needs at least 10 kbit/s in each direction");
        }
        if (!(rttMillis >= 0 && rttMillis <= 10_000)) {
            throw new IllegalArgumentException("a round trip is 0 to 10000 ms, not " + rttMillis);
        }
        if (!(lossPercent >= 0 && lossPercent <= 100)) {
            throw new IllegalArgumentException("loss is 0 to 100 %, not " + lossPercent);
        }
    }

    /** The same rate in both directions, no loss. */
    public static LineShape of(long megabitsPerSecond, double rttMillis) {
        return new LineShape(megabitsPerSecond * 1_000_000, megabitsPerSecond * 1_000_000, rttMillis, 0);
    }

    /**
     * Reads {@code DOWN[/UP],RTT}, for example {@code 40mbit,20ms} or {@code 50mbit/10mbit,35ms}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static LineShape parse(String text) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a line: \"" + text + "\" (like 40mbit,20ms or 50mbit/10mbit,35ms)");
        }
        long down = bitsPerSecond(matcher.group(1), matcher.group(2));
        long up = matcher.group(3) == null ? down : bitsPerSecond(matcher.group(3), matcher.group(4));
        return new LineShape(down, up, Double.parseDouble(matcher.group(5)), 0);
    }

    private static long bitsPerSecond(String number, String unit) {
        double factor =
                switch (unit) {
                    case "kbit" -> 1e3;
                    case "mbit" -> 1e6;
                    default -> 1e9;
                };
        return Math.round(Double.parseDouble(number) * factor);
    }

    public LineShape withLossPercent(double percent) {
        return new LineShape(downBitsPerSecond, upBitsPerSecond, rttMillis, percent);
    }

    /**
     * The room for packets in one direction of the wire: those under way (half a round trip's worth) and a queue in front
     * of the bottleneck. The queue holds two round trips' worth, at least 64 KiB. One is what a loss-based connection
     * needs to fill the line, BBR keeps two under way and with less loses 7 % of its segments; more would be bloat, for it
     * adds delay and, measured, no rate.
     */
    static long bufferBytes(long bitsPerSecond, double rttMillis) {
        double bytesPerRoundTrip = bitsPerSecond / 8.0 * rttMillis / 1000;
        return Math.round(bytesPerRoundTrip / 2 + Math.max(SMALLEST_QUEUE_BYTES, 2 * bytesPerRoundTrip));
    }

    @Override
    public String toString() {
        String rate = downBitsPerSecond == upBitsPerSecond
                ? megabits(downBitsPerSecond)
                : megabits(downBitsPerSecond) + "/" + megabits(upBitsPerSecond);
        String loss = lossPercent == 0 ? "" : String.format(Locale.ROOT, ", %.3g %% loss", lossPercent);
        return String.format(Locale.ROOT, "%s Mbit/s, %.3g ms%s", rate, rttMillis, loss);
    }

    private static String megabits(long bitsPerSecond) {
        return String.format(Locale.ROOT, "%.3g", bitsPerSecond / 1e6);
    }
}
