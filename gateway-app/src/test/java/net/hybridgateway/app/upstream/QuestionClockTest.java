package net.hybridgateway.app.upstream;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuestionClockTest {
    private static final ConversionPoint POINT =
            new ConversionPoint("first", at("203.0.113.1", 7000), Optional.empty());

    private final UpstreamRouter router = new UpstreamRouter();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final RelayLoops loops = new RelayLoops(1);
    private final RelayLoop loop = loops.all().get(0);
    private final QuestionClock clock = new QuestionClock(loop, router, System::nanoTime);

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void asksByItselfWhenItIsTimeAndNotAfterItsEnd() throws InterruptedException {
        router.askThrough((point, uplink) -> asked.add(point.name() + " over " + uplink));
        router.examineThrough(route -> route.memory()
                .learn(
                        Optional.of(new HandshakeLesson(PathHandshake.FAST_OPEN, Optional.empty(), true)),
                        System.nanoTime()));
        router.tellOfNews(clock::wake);
        router.publishConversionPoints(List.of(POINT));
        router.publishPaths(List.of(path("fixed", 2, "192.0.2.2")));

        router.memory(POINT, "fixed").failed(PointTrouble.SILENT, System.nanoTime());

        assertEquals("first over fixed", asked.poll(30, TimeUnit.SECONDS));
        loop.run(clock::stop);
        router.memory(POINT, "fixed").infoRefused(PointTrouble.SILENT, System.nanoTime());
        assertNull(asked.poll(2, TimeUnit.SECONDS));
    }
}
