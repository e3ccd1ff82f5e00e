package net.hybridgateway.app.relay;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Joins two endpoints until both are done.
 *
 * <p>What one end does, the other end sees: the end of a stream is passed on as the end of that stream only (half-close
 * stays half-close), and a reset or a failure of one side resets the other.
 *
 * <p>Belongs to the loop of its endpoints, which must be the same for both.
 */
public final class Relay implements EndpointHandler {
    /** Why a relay is over. */
    public enum End {
        /** Both streams ended in order. */
        CLOSED,
        /** One side reset the connection, or failed; the other side was reset. */
        RESET,
        /** Nothing moved for too long. */
        IDLE,
        /** The process is going down, or somebody asked for it. */
        STOPPED
    }

    /** Is told once, when both endpoints are closed. */
    @FunctionalInterface
    public interface Listener {
        void relayEnded(Relay relay, End end);
    }

    /** Is told of each move of bytes, either way; on the relay's loop. */
    @FunctionalInterface
    public interface Observer {
        void moved(long nowNanos);
    }

    /** The far side is made to send on for 2 s after a break: so long may a megabyte that was lost take on a slow line. */
    private static final int PUSHES = 133;

    private static final Duration PUSH_PAUSE = Duration.ofMillis(15);

    private final Endpoint near;
    private final Endpoint far;
    private final Direction outward;
    private final Direction inward;
    private final Listener listener;
    private final LongSupplier nanoTime;
    private Observer observer = nowNanos -> {};
    private boolean over;
    private boolean continuing;
    private long lastActivityNanos;
    private int pushesLeft;
    private GapMeter gapMeter;
    private boolean movedSinceBreak;

    /**
     * Joins two endpoints; call {@link #start} to let bytes move.
     *
     * @param near the side that asked for the connection
     * @param far the side that the connection goes to
     * @param nanoTime a clock for idle limits, monotonic, in nanoseconds
     */
    public Relay(Endpoint near, Endpoint far, Listener listener, LongSupplier nanoTime) {
        if (near.loop() != far.loop()) {
            throw new IllegalArgumentException("both ends of a relay live on one loop");
        }
        this.near = near;
        this.far = far;
        this.listener = listener;
        this.nanoTime = nanoTime;
        outward = new Direction(near, far, this::pump);
        inward = new Direction(far, near, this::pump);
        lastActivityNanos = nanoTime.getAsLong();
    }

    /** Lets these bytes, which were read from the near side before, go out first. They are copied. */
    public void sendOutwardFirst(ByteBuf bytes) {
        outward.prepend(bytes);
    }

    /** Lets these bytes, which were read from the far side before, go in first. They are copied. */
    public void sendInwardFirst(ByteBuf bytes) {
        inward.prepend(bytes);
    }

    /** Says that the near side's end of stream was read before. */
    public void nearEnded() {
        outward.markEnded();
    }

    /** Takes over both endpoints and pumps what there is. */
    public void start() {
        near.handler(this);
        far.handler(this);
        pump();
    }

    /** Bytes from the near to the far side, as far as they were written. */
    public long bytesOutward() {
        return outward.bytes();
    }

    /** Bytes from the far to the near side, as far as they were written. */
    public long bytesInward() {
        return inward.bytes();
    }

    /** When bytes last moved, on the clock given at construction. */
    public long lastActivityNanos() {
        return lastActivityNanos;
    }

    /** Who is told of each move from now on. */
    public void observer(Observer newObserver) {
        observer = newObserver;
    }

    /** Whether bytes wait for a near side that does not take them, so that nothing is read from the far side. */
    public boolean holdsForNear() {
        return inward.holds();
    }

    /** Whether one of the two streams is over already. */
    public boolean isHalfClosed() {
        return outward.hasEnded() || inward.hasEnded();
    }

    /** Ends the relay from outside; both sides are reset. */
    public void stop(End reason) {
        end(reason);
    }

    @Override
    public void onReady(Endpoint endpoint) {
        pump();
    }

    @Override
    public void onFailed(Endpoint endpoint, IOException cause) {
        end(End.RESET);
    }

    private void pump() {
        if (over) {
            return;
        }
        long before = outward.bytes() + inward.bytes();
        try {
            Direction.Progress out = outward.pump();
            Direction.Progress in = inward.pump();
            long bytes = outward.bytes() + inward.bytes() - before;
            if (bytes != 0) {
                long now = nanoTime.getAsLong();
                moved(now);
                near.loop().busyBell().moved(bytes, now);
            }
            if (out == Direction.Progress.DONE && in == Direction.Progress.DONE) {
                end(End.CLOSED);
            } else if (out == Direction.Progress.YIELDED || in == Direction.Progress.YIELDED) {
                continueLater();
            }
        } catch (IOException e) {
            end(End.RESET);
        }
    }

    private void moved(long nowNanos) {
        if (gapMeter != null) {
            gapMeter.moved(nowNanos - lastActivityNanos, !movedSinceBreak);
            movedSinceBreak = true;
            if (gapMeter.isOver(nowNanos)) {
                gapMeter = null;
            }
        }
        lastActivityNanos = nowNanos;
        observer.moved(nowNanos);
    }

    /**
     * An uplink broke: tells the meter how long this connection stands still, if it was busy. What waits to go out is helped
     * over it.
     */
    public void uplinkBroke(GapMeter meter) {
        if (!over && meter.wasBusy(lastActivityNanos)) {
            gapMeter = meter;
            movedSinceBreak = false;
            boolean pushing = pushesLeft > 0;
            if (isFarFull()) {
                pushesLeft = PUSHES;
                if (!pushing) {
                    push();
                }
            }
        }
    }

    private void push() {
        if (!over) {
            if (isFarFull()) {
                far.sendOn();
            }
            if (--pushesLeft > 0) {
                var unused = far.loop().schedule(this::push, PUSH_PAUSE);
            }
        }
    }

    private boolean isFarFull() {
        return outward.holds() || !far.writable();
    }

    private void continueLater() {
        if (!continuing) {
            continuing = true;
            near.loop().continueLater(() -> {
                continuing = false;
                pump();
            });
        }
    }

    private void end(End reason) {
        if (over) {
            return;
        }
        over = true;
        if (gapMeter != null && !movedSinceBreak && reason == End.RESET) {
            gapMeter.lost();
        }
        outward.drop();
        inward.drop();
        if (reason == End.CLOSED) {
            near.close();
            far.close();
        } else {
            near.abort();
            far.abort();
        }
        listener.relayEnded(this, reason);
    }
}
