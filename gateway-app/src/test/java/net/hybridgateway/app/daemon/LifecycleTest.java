package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private final Lifecycle lifecycle = new Lifecycle();
    private final List<String> stopped = new ArrayList<>();

    @Test
    void stopsInReverseOrderAndOnce() {
        started("first", "second", "third");

        lifecycle.close();
        lifecycle.close();

        assertEquals(List.of("third", "second", "first"), stopped);
    }

    @Test
    void stopsTheOthersWhenOneFailsAndNamesThoseThatDid() {
        started("first");
        lifecycle.onStop("table", () -> {
            throw new IOException("no permission");
        });
        started("second");
        lifecycle.onStop("routes", () -> {
            throw new IllegalStateException("gone");
        });

        DaemonException failure = assertThrows(DaemonException.class, lifecycle::close);

        assertEquals("could not stop in order: routes: gone; table: no permission", failure.getMessage());
        assertEquals(2, failure.getSuppressed().length);
        assertEquals(List.of("second", "first"), stopped);
    }

    @Test
    void keepsTheInterruptAndGoesOn() {
        started("first");
        lifecycle.onStop("thread", () -> {
            throw new InterruptedException();
        });

        DaemonException failure = assertThrows(DaemonException.class, lifecycle::close);

        assertTrue(Thread.interrupted(), "the interrupt is for whoever called");
        assertEquals("could not stop in order: thread: interrupted", failure.getMessage());
        assertEquals(List.of("first"), stopped);
    }

    @Test
    void keepsTheReasonOfAFailedStartInFront() {
        lifecycle.onStop("table", () -> {
            throw new IOException("no permission");
        });
        IllegalStateException cause = new IllegalStateException("port in use");

        assertSame(cause, lifecycle.closeAfter(cause));

        assertEquals("could not stop in order: table: no permission", cause.getSuppressed()[0].getMessage());
    }

    private void started(String... names) {
        for (String name : names) {
            lifecycle.onStop(name, () -> stopped.add(name));
        }
    }
}
