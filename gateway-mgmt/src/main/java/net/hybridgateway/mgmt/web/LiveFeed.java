package net.hybridgateway.mgmt.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tells all windows the state, worked out once for all of them, once a second; and not at all while nobody looks. Belongs to
 * the thread "web".
 */
final class LiveFeed {
    /** So many states in a row that a window did not take end it: somebody may have closed the lid. */
    private static final int MOST_MISSED = 30;

    private final Supplier<String> state;
    private final Worker worker;
    private final LongSupplier nanoTime;
    private final Predicate<Session> lives;
    private final Map<Watcher, Looker> lookers = new HashMap<>();
    private boolean underWay;

    private static final class Looker {
        private final Session session;
        private int missed;

        Looker(Session session) {
            this.session = session;
        }
    }

    /**
     * @param state one line of JSON, worked out on the worker's thread
     * @param lives whether a session goes on
     */
    LiveFeed(Supplier<String> state, Worker worker, LongSupplier nanoTime, Predicate<Session> lives) {
        this.state = state;
        this.worker = worker;
        this.nanoTime = nanoTime;
        this.lives = lives;
    }

    boolean full() {
        return lookers.size() >= WebLimits.WATCHERS;
    }

    void add(Watcher watcher, Session session) {
        lookers.put(watcher, new Looker(session));
        watcher.send("retry: 2000\n\n");
        tick();
    }

    void remove(Watcher watcher) {
        lookers.remove(watcher);
    }

    /** A second has passed, or somebody new looks. */
    void tick() {
        for (Map.Entry<Watcher, Looker> entry : List.copyOf(lookers.entrySet())) {
            if (!lives.test(entry.getValue().session)) {
                lookers.remove(entry.getKey());
                entry.getKey().end("event: ended\ndata: {}\n\n");
            }
        }
        if (!lookers.isEmpty() && !underWay) {
            underWay = worker.ask(
                    () -> "data: {\"atMillis\":" + TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong()) + ",\"answer\":"
                            + state.get() + "}\n\n",
                    this::tellAll,
                    broken -> underWay = false);
        }
    }

    private void tellAll(String lines) {
        underWay = false;
        List<Watcher> stuck = new ArrayList<>();
        lookers.forEach((watcher, looker) -> {
            if (watcher.ready()) {
                looker.missed = 0;
                watcher.send(lines);
            } else if (++looker.missed >= MOST_MISSED) {
                stuck.add(watcher);
            }
        });
        for (Watcher watcher : stuck) {
            lookers.remove(watcher);
            watcher.end("");
        }
    }
}
