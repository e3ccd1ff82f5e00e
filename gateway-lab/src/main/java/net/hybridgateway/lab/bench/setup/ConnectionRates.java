package net.hybridgateway.lab.bench.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.hybridgateway.lab.bench.load.AnswerServer;
import net.hybridgateway.lab.bench.load.ShortConnections;
import net.hybridgateway.lab.bench.paired.SampleLog;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.bench.rival.RivalHouse;
import net.hybridgateway.lab.bench.rival.RivalHouses;
import net.hybridgateway.lab.net.LabException;

/** As many short connections as possible, through one house after the other. */
record ConnectionRates(RivalHouses houses, int millis, List<Integer> atOnce) {
    private static final int WARM_UP_MILLIS = 1500;
    private static final double PER_THOUSAND = 1000;

    void measure(int rounds, SampleLog log) throws IOException {
        houses.giveFirstCore();
        List<AnswerServer> servers = new ArrayList<>();
        try {
            for (RivalHouse house : houses.all()) {
                house.freePorts();
                servers.add(AnswerServer.listen(house.house().web(), RivalHouse.server()));
            }
            for (RivalHouse house : houses.all()) {
                connect(house, WARM_UP_MILLIS, atOnce.get(0));
            }
            List<RivalHouse> order = new ArrayList<>(houses.all());
            for (int round = 1; round <= rounds; round++) {
                for (int crowd : atOnce) {
                    for (RivalHouse house : order) {
                        play(house, round, crowd, log);
                    }
                }
                // Who begins changes from round to round.
                Collections.rotate(order, 1);
            }
        } finally {
            servers.forEach(AnswerServer::close);
        }
    }

    private void play(RivalHouse house, int round, int crowd, SampleLog log) throws IOException {
        long multipath = house.multipathAccepted();
        long cpu = house.cpuNanos();
        long start = System.nanoTime();
        long count = connect(house, millis, crowd);
        long nanos = System.nanoTime() - start;
        cpu = house.cpuNanos() - cpu;
        house.checkMultipath(house.multipathAccepted() - multipath, count);
        if (!house.isAlive()) {
            throw new LabException(house + " has died");
        }
        String subject = house.leg().title() + ", " + crowd + " at once";
        log.add(subject, SetupStudy.RATE, house.rival(), round, count * 1e9 / nanos);
        if (house.rival() != Rival.FORWARDING) {
            log.add(subject, SetupStudy.COST, house.rival(), round, cpu / 1e9 / (count / PER_THOUSAND));
        }
        System.err.printf(Locale.ROOT, "%2d  %-30s %4d at once %7.0f/s%n", round, house, crowd, count * 1e9 / nanos);
    }

    private static long connect(RivalHouse house, int millis, int crowd) {
        long end = System.nanoTime() + millis * 1_000_000L;
        return ShortConnections.make(
                house.house().lanHost(0), RivalHouse.server(), crowd, () -> System.nanoTime() - end < 0);
    }
}
