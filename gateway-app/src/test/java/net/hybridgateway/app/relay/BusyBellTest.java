package net.hybridgateway.app.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BusyBellTest {
    private final BusyBell bell = new BusyBell();
    private int rung;

    @Test
    void ringsOnceWhenEnoughMovedWithinASecond() {
        bell.set(() -> rung++, 1000);
        moved(600, 0);
        assertEquals(0, rung);
        moved(400, 900);
        assertEquals(1, rung);
        moved(5000, 950);
        assertEquals(1, rung);
    }

    @Test
    void isSilentWhileTheSameTakesLonger() {
        bell.set(() -> rung++, 1000);
        for (int i = 0; i < 100; i++) {
            moved(400, i * 600L);
        }
        assertEquals(0, rung);
    }

    @Test
    void canBeSetAgainWhileItRings() {
        bell.set(this::ringAndSetAgain, 1000);
        moved(1000, 0);
        moved(999, 10);
        assertEquals(1, rung);
        moved(1, 20);
        assertEquals(2, rung);
    }

    private void ringAndSetAgain() {
        rung++;
        bell.set(this::ringAndSetAgain, 1000);
    }

    private void moved(long bytes, long millis) {
        bell.moved(bytes, Long.MAX_VALUE - 5 + TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
