package net.hybridgateway.app.daemon;

import static net.hybridgateway.app.testing.Addresses.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.hybridgateway.app.kernel.Peer;
import net.hybridgateway.app.progress.PathRtt;
import net.hybridgateway.scheduler.EngineEvent;
import org.junit.jupiter.api.Test;

class PathNewsTest {
    private static final InetSocketAddress POINT = at("203.0.113.1", 7000);
    private static final InetSocketAddress ANNOUNCED = at("203.0.113.2", 7000);
    private static final InetSocketAddress SERVER = at("203.0.113.80", 443);

    private final List<EngineEvent> told = new ArrayList<>();
    private Optional<PathRtt> rtt = Optional.empty();
    private final PathNews news = new PathNews(
            address -> Map.of(POINT, Peer.CONVERSION_POINT, SERVER, Peer.SERVER).getOrDefault(address, Peer.STRANGER),
            uplink -> Optional.of(POINT).filter(point -> uplink.equals("fixed")),
            (uplink, point) -> rtt,
            told::add);

    @Test
    void tellsOfAStallOnTheWayToAConversionPointOrWhatItAnnounced() {
        news.pathStalled("fixed", POINT, 1, 2);
        news.pathStalled("fixed", ANNOUNCED, 3, 4);

        assertEquals(
                List.of(
                        new EngineEvent.PathStalled("fixed", POINT, 1, 2),
                        new EngineEvent.PathStalled("fixed", ANNOUNCED, 3, 4)),
                told);
    }

    @Test
    void hasTheConversionPointAskedWhereAServerIsSilentAndGivesItTheTimeThatItNeeds() {
        news.pathStalled("fixed", SERVER, 1, 2);
        rtt = Optional.of(new PathRtt(50, 10, 0));
        news.pathStalled("fixed", SERVER, 1, 2);
        news.pathStalled("fixed", SERVER, 1, 300);

        assertEquals(
                List.of(
                        new EngineEvent.PathStalled("fixed", POINT, 1, PathNews.UNKNOWN_ANSWER_NANOS),
                        new EngineEvent.PathStalled("fixed", POINT, 1, 70),
                        new EngineEvent.PathStalled("fixed", POINT, 1, 300)),
                told);
    }

    @Test
    void tellsNothingWhereNoConversionPointCanBeAsked() {
        news.pathStalled("cellular", SERVER, 1, 2);

        assertEquals(List.of(), told);
    }

    @Test
    void takesTheProgressOfAServerForNobodyElses() {
        news.pathProgressed("fixed", SERVER);

        assertEquals(List.of(new EngineEvent.PathProgressed("fixed", SERVER)), told);
    }
}
