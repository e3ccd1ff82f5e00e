package net.hybridgateway.scheduler.overflow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last seconds of something that is measured again and again; the measurements are evenly spaced, more or less. */
final class Recent {
    private static final long KEPT_NANOS = Duration.ofSeconds(3).toNanos();

    private record Point(long atNanos, double value) {}

    private final Deque<Point> points = new ArrayDeque<>();

    void add(double value, long nowNanos) {
        points.addLast(new Point(nowNanos, value));
        while (!within(points.getFirst(), KEPT_NANOS, nowNanos)) {
            points.removeFirst();
        }
    }

    /** The mean of what was measured in the last {@code spanNanos}; 0 if nothing was. */
    double mean(long spanNanos, long nowNanos) {
        return points.stream()
                .filter(point -> within(point, spanNanos, nowNanos))
                .mapToDouble(Point::value)
                .average()
                .orElse(0);
    }

    /**
     * What was usual in the last {@code spanNanos}, the upper median; 0 if nothing was measured. Unlike the mean, it does
     * not see that BBR pauses for 200 ms every 10 s, which takes a tenth off the mean of 2 s.
     */
    double usual(long spanNanos, long nowNanos) {
        double[] values = points.stream()
                .filter(point -> within(point, spanNanos, nowNanos))
                .mapToDouble(Point::value)
                .sorted()
                .toArray();
        return values.length == 0 ? 0 : values[values.length / 2];
    }

    int size() {
        return points.size();
    }

    void clear() {
        points.clear();
    }

    private static boolean within(Point point, long spanNanos, long nowNanos) {
        return nowNanos - point.atNanos < spanNanos;
    }
}
