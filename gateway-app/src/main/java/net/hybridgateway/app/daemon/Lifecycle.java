package net.hybridgateway.app.daemon;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * What was started, to be stopped in reverse order.
 *
 * <p>A part that fails to stop does not keep the others from stopping.
 */
public final class Lifecycle implements AutoCloseable {
    /** Stops one part. */
    @FunctionalInterface
    public interface Stop {
        void run() throws Exception;
    }

    private record Part(String name, Stop stop) {}

    private final ArrayDeque<Part> parts = new ArrayDeque<>();

    /** Notes how to stop what was just started. */
    public synchronized void onStop(String name, Stop stop) {
        parts.push(new Part(name, stop));
    }

    /** Notes that a part that was just made is closed at the end, and gives it back. */
    <T extends AutoCloseable> T keep(String name, T part) {
        onStop(name, part::close);
        return part;
    }

    /**
     * Stops everything because the start failed.
     *
     * @return the cause, with what went wrong now as a suppressed exception: the cause is what the user must read
     */
    public <E extends Exception> E closeAfter(E cause) {
        try {
            close();
        } catch (DaemonException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    /**
     * Stops everything. A second call does nothing.
     *
     * @throws DaemonException after the last part, if any of them failed; it names them all
     */
    @Override
    public synchronized void close() {
        List<Exception> causes = new ArrayList<>();
        StringJoiner failures = new StringJoiner("; ", "could not stop in order: ", "");
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.stop().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(part.name() + ": interrupted");
                causes.add(e);
            } catch (Exception e) {
                failures.add(part.name() + ": " + e.getMessage());
                causes.add(e);
            }
        }
        if (!causes.isEmpty()) {
            DaemonException failure = new DaemonException(failures.toString());
            causes.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
