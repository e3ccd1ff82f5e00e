package net.hybridgateway.lab.bench.bulk;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.hybridgateway.lab.bench.load.BulkTraffic;
import net.hybridgateway.lab.bench.rival.Cores;
import net.hybridgateway.lab.bench.rival.MachineTime;
import net.hybridgateway.lab.bench.rival.RivalHouse;
import net.hybridgateway.lab.bench.rival.RivalHouses;
import net.hybridgateway.lab.measure.BenchPart;
import net.hybridgateway.lab.measure.BenchmarkPage;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.ResultFiles;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabRun;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;

/** {@code ./dev bench relay}: goodput and processor time per byte, beside HAProxy, Shadowsocks and plain forwarding. */
public final class BulkBench implements BenchPart {
    static final String NAME = "relay";

    private static final Path DOCS_FIGURE = Path.of("docs/relay.svg");
    private static final Duration WARM_UP = Duration.ofMillis(700);
    private static final Duration SETTLE = Duration.ofMillis(150);
    private static final Duration LISTEN = Duration.ofMillis(250);

    /** Below that, no program can have copied the bytes: they went past it. */
    private static final double LEAST_CPU_PER_GIGABYTE = 0.005;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "goodput and processor time per byte, beside HAProxy, Shadowsocks and plain forwarding";
    }

    @Override
    public String usage() {
        return BulkOptions.USAGE;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        BulkOptions options = BulkOptions.parse(arguments);
        Circumstances circumstances = Circumstances.ofPart(NAME, arguments);
        Cores.leaveFirst();
        BulkReport report = measure(options, circumstances, true);
        System.out.print(report.toText());
        ResultFiles.write(options.figure(), report.toSvg());
        say("every measurement: " + options.json() + "; picture: " + options.figure());
        if (options.writeDocs()) {
            ResultFiles.write(DOCS_FIGURE, report.toSvg());
            BenchmarkPage.write(NAME, report.toMarkdown());
        }
        return report.isGood() ? 0 : 1;
    }

    /**
     * Builds all houses, measures as often as asked for, and removes everything.
     *
     * @param pinned whether each measured program gets the first processor for itself
     */
    static BulkReport measure(BulkOptions options, Circumstances circumstances, boolean pinned) throws IOException {
        List<BulkRun> runs = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        try (Writer json = ResultFiles.open(options.json());
                RivalHouses houses = RivalHouses.build(options.rivals(), options.legs(), HousePlan.plain())) {
            if (pinned) {
                houses.giveFirstCore();
            }
            List<BulkCase> cases = BulkCase.all(options);
            say(houses.all().size() + " houses are built; " + cases.size() + " cases, " + options.count() + " rounds");
            // All cases in each round, so that all are measured over the whole time.
            for (int round = 1; round <= options.count(); round++) {
                for (BulkCase kind : cases) {
                    others.add(MachineTime.busyShareFor(LISTEN));
                    List<BulkRun> pair = playRound(houses.all(), kind, round, options.time());
                    for (BulkRun run : pair) {
                        json.write(run.toJson() + "\n");
                    }
                    json.flush();
                    runs.addAll(pair);
                }
            }
        } catch (LabException e) {
            throw new LabException(e.getMessage() + "\nlogs: the newest folders in " + LabRun.LOGS, e);
        }
        return new BulkReport(circumstances, options, runs, others);
    }

    /** One after the other; who begins changes from round to round. */
    private static List<BulkRun> playRound(List<RivalHouse> all, BulkCase kind, int round, Duration time)
            throws IOException {
        List<RivalHouse> order =
                all.stream().filter(house -> house.leg() == kind.leg()).collect(Collectors.toList());
        Collections.rotate(order, round - 1);
        List<BulkRun> runs = new ArrayList<>();
        for (RivalHouse house : order) {
            runs.add(play(house, kind, round, time));
        }
        say(String.format(
                Locale.ROOT,
                "%2d  %-10s %-18s %s",
                round,
                kind.leg().title(),
                kind.title(),
                runs.stream()
                        .map(run -> String.format(
                                Locale.ROOT,
                                "%s %.2f Gbit/s %.3f s/GB",
                                run.rival(),
                                run.gigabitsPerSecond(),
                                run.cpuPerGigabyte()))
                        .collect(Collectors.joining("; "))));
        return runs;
    }

    private static BulkRun play(RivalHouse house, BulkCase kind, int round, Duration time) throws IOException {
        shape(house.house().lanHost(0), kind.gigabits());
        shape(house.house().web(), kind.gigabits());
        long multipathBefore = house.multipathAccepted();
        BulkRun run;
        try (BulkTraffic traffic =
                BulkTraffic.start(house.house(), kind.connections(), kind.way() == BulkCase.Way.UP)) {
            Pause.of(WARM_UP);
            MachineTime machine = MachineTime.now();
            long bytes = traffic.arrived();
            long cpu = house.cpuNanos();
            long start = System.nanoTime();
            Pause.of(time);
            long nanos = System.nanoTime() - start;
            cpu = house.cpuNanos() - cpu;
            bytes = traffic.arrived() - bytes;
            run = new BulkRun(
                    house.rival(),
                    kind,
                    round,
                    bytes,
                    nanos,
                    cpu,
                    MachineTime.now().busyShareSince(machine));
        }
        check(house, run, house.multipathAccepted() - multipathBefore);
        Pause.of(SETTLE);
        return run;
    }

    private static void check(RivalHouse house, BulkRun run, long multipath) {
        if (!house.isAlive()) {
            throw new LabException(house + " has died");
        }
        house.checkMultipath(multipath, run.kind().connections());
        if (house.measured().isPresent() && run.cpuPerGigabyte() < LEAST_CPU_PER_GIGABYTE) {
            throw new LabException("the bytes have gone past " + house);
        }
    }

    /** What leaves the host goes at this rate; the queue holds what 500 connections put into it. */
    private static void shape(Node node, int gigabits) {
        node.run(
                "tc",
                "qdisc",
                "replace",
                "dev",
                "eth0",
                "root",
                "tbf",
                "rate",
                gigabits + "gbit",
                "burst",
                "1mb",
                "limit",
                "64mb");
    }

    private static void say(String text) {
        System.err.println(text);
    }
}
