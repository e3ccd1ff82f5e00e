package net.hybridgateway.lab.bench.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import net.hybridgateway.lab.bench.paired.Quantity;
import net.hybridgateway.lab.bench.paired.SampleLog;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.bench.rival.RivalHouse;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.web.PageVisit;
import net.hybridgateway.lab.web.WebServer;

/**
 * Fetches pages through all houses in turn, one page at a time.
 *
 * @param subject what a house's row is called; forwarding, which has one house, belongs to the rows of all legs
 */
record PageTimes(List<RivalHouse> houses, Function<RivalHouse, String> subject) {
    /** Two windows full at the start of a connection: three round trips with those of the handshake. */
    static final int PAGE_BYTES = 30_000;

    void measure(int visits, SampleLog log) throws IOException {
        List<WebServer> servers = new ArrayList<>();
        try {
            for (RivalHouse house : houses) {
                servers.add(house.house().web().call(() -> WebServer.listen(RivalHouse.WEB_PORT)));
            }
            for (RivalHouse house : houses) {
                PageVisit first = visit(house);
                add(log, house, SetupStudy.FIRST_EVER, 1, millis(first.startNanos(), first.firstByteNanos()));
            }
            List<RivalHouse> order = new ArrayList<>(houses);
            for (int round = 1; round <= visits; round++) {
                for (RivalHouse house : order) {
                    PageVisit visit = visit(house);
                    add(log, house, SetupStudy.FIRST_BYTE, round, millis(visit.startNanos(), visit.firstByteNanos()));
                    add(log, house, SetupStudy.PAGE, round, millis(visit.startNanos(), visit.lastByteNanos()));
                    add(log, house, SetupStudy.STREAM, round, millis(visit.startNanos(), visit.endNanos()));
                }
                // Who begins changes from round to round.
                Collections.rotate(order, 1);
            }
        } finally {
            for (WebServer server : servers) {
                server.close();
            }
        }
    }

    private static PageVisit visit(RivalHouse house) {
        long before = house.multipathAccepted();
        PageVisit visit = PageVisit.make(house.house().lanHost(0), RivalHouse.server(), PAGE_BYTES);
        if (visit.failure().isPresent()) {
            throw new LabException(house + ": " + visit.failure().get());
        }
        house.checkMultipath(house.multipathAccepted() - before, 1);
        return visit;
    }

    private void add(SampleLog log, RivalHouse house, Quantity quantity, int round, double value) throws IOException {
        log.add(subject.apply(house), quantity, house.rival(), round, value);
        if (house.rival() == Rival.FORWARDING) {
            for (String row : houses.stream()
                    .filter(it -> it.leg() == Leg.MPTCP)
                    .map(subject)
                    .distinct()
                    .toList()) {
                log.add(row, quantity, house.rival(), round, value);
            }
        }
    }

    private static double millis(long from, long to) {
        return (to - from) / 1e6;
    }
}
