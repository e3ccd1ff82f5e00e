package net.hybridgateway.app.upstream;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import net.hybridgateway.app.relay.RelayLoop;

/**
 * Has the router ask when something is to be asked, and sleeps until then: while all is well, it never wakes.
 *
 * <p>Belongs to one loop; {@link #wake} is for everybody.
 */
public final class QuestionClock {
    /** What is due may wait for a moment, and not more often than that is anything asked. */
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final RelayLoop loop;
    private final UpstreamRouter router;
    private final LongSupplier nanoTime;
    private final AtomicBoolean woken = new AtomicBoolean();
    private RelayLoop.Timer timer = () -> {};
    private boolean stopped;

    /** It sleeps until it is woken. */
    public QuestionClock(RelayLoop loop, UpstreamRouter router, LongSupplier nanoTime) {
        this.loop = loop;
        this.router = router;
        this.nanoTime = nanoTime;
    }

    /** Something may be due sooner than it was. From any thread; does not wait. */
    public void wake() {
        if (woken.compareAndSet(false, true)) {
            loop.execute(this::look);
        }
    }

    private void look() {
        woken.set(false);
        timer.cancel();
        if (!stopped) {
            timer = router.askWhatIsDue(nanoTime.getAsLong())
                    .map(left -> loop.schedule(this::look, Collections.max(List.of(left, SHORTEST))))
                    .orElse(() -> {});
        }
    }

    /** Asks nothing more. On the loop. */
    public void stop() {
        stopped = true;
        timer.cancel();
    }
}
