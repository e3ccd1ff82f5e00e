package net.hybridgateway.lab.bench.scale;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import net.hybridgateway.lab.bench.paired.Quantity;
import net.hybridgateway.lab.bench.paired.SampleLog;
import net.hybridgateway.lab.bench.rival.Cores;
import net.hybridgateway.lab.bench.rival.CpuTime;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.trial.Crowd;
import net.hybridgateway.lab.trial.CrowdServer;
import net.hybridgateway.lab.trial.GatewayView;
import net.hybridgateway.lab.trial.Voice;

/** One measurement with a number of connections, in a house of its own. */
final class CrowdRun {
    static final int MESSAGES_PER_SECOND = 1000;
    static final int MESSAGE_BYTES = Voice.MESSAGE_BYTES;

    /** Connections before anything is measured. */
    static final int WARM_UP = 1000;

    private static final int PORT = 9400;
    private static final int STATUSES = 10;
    private static final String MANY = "20000";
    private static final Duration ANSWERED = Duration.ofMinutes(2);
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration TALK = Duration.ofSeconds(5);
    private static final Duration MOVED = Duration.ofMinutes(2);
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    private final int connections;
    private final int round;
    private final SampleLog log;
    private final GatewayView view;
    private final CpuTime cpuTime;

    private CrowdRun(int connections, int round, SampleLog log, Gateway gateway) {
        this.connections = connections;
        this.round = round;
        this.log = log;
        this.view = new GatewayView(gateway);
        this.cpuTime = new CpuTime(gateway.process().pid());
    }

    static void play(int connections, int round, SampleLog log) throws IOException {
        try (House house = House.build(HousePlan.plain());
                ConversionPoint point = ConversionPoint.start(
                        house, 0, "--allow-private", "--max-connections", MANY, "--max-per-client", MANY);
                Gateway gateway = Gateway.start(house, configuration());
                CrowdServer server = CrowdServer.listen(house.web(), PORT)) {
            Cores.toFirst(gateway.process().pid());
            new CrowdRun(connections, round, log, gateway).play(house, server.port());
            if (!gateway.process().isAlive() || !point.process().isAlive()) {
                throw new LabException("the gateway or the conversion point has died");
            }
        }
    }

    private static String configuration() {
        String enabled = "    option enabled '1'\n";
        return Gateway.configuration("on-demand")
                .replace(enabled, enabled + "    option max_connections '" + MANY + "'\n");
    }

    /** Makes connections and gives them up again: what the virtual machine reads and compiles for the first ones is no growth. */
    private void warmUp(House house, int port) throws IOException {
        try (Crowd crowd = Crowd.gather(house.lanHost(0), port, WARM_UP, Duration.ofSeconds(1))) {
            awaitAnswers(crowd, WARM_UP);
        }
        Pause.of(SETTLE);
    }

    private static void awaitAnswers(Crowd crowd, int connections) {
        if (!Pause.until(ANSWERED, () -> crowd.count(Voice::isAnswered) >= connections * 0.99)) {
            throw new LabException("the crowd is not answered");
        }
    }

    private void play(House house, int port) throws IOException {
        warmUp(house, port);
        Duration period = Duration.ofMillis(connections * 1000L / MESSAGES_PER_SECOND);
        long cpu = cpu();
        try (Crowd crowd = Crowd.gather(house.lanHost(0), port, connections, period)) {
            add(ScaleStudy.SETUP, (cpu() - cpu) / 1e6 / connections);
            awaitAnswers(crowd, connections);
            if (view.bonded() < connections) {
                throw new LabException((connections - view.bonded()) + " connections without Multipath TCP");
            }
            Pause.of(SETTLE);
            double nanosPerSecond = talk();
            askForStatus();
            breakTheLine(house, crowd, nanosPerSecond);
        }
    }

    /** Gives what messages cost each second, in nanoseconds. */
    private double talk() throws IOException {
        long start = System.nanoTime();
        long cpu = cpu();
        Pause.of(TALK);
        cpu = cpu() - cpu;
        double seconds = (System.nanoTime() - start) / 1e9;
        add(ScaleStudy.MESSAGE, cpu / 1e6 / (seconds * MESSAGES_PER_SECOND));
        return cpu / seconds;
    }

    private void askForStatus() throws IOException {
        long start = System.nanoTime();
        long cpu = cpu();
        for (int i = 0; i < STATUSES; i++) {
            view.bonded();
        }
        add(ScaleStudy.STATUS, (System.nanoTime() - start) / 1e6 / STATUSES);
        add(ScaleStudy.STATUS_COST, (cpu() - cpu) / 1e6 / STATUSES);
    }

    private void breakTheLine(House house, Crowd crowd, double nanosPerSecond) throws IOException {
        long start = System.nanoTime();
        long cpu = cpu();
        BreakCase.CARRIER.happen(house);
        crowd.markBreak();
        boolean moved = Pause.until(MOVED, () -> view.subflows(Access.CELLULAR) >= connections);
        add(ScaleStudy.MOVED, moved ? (System.nanoTime() - start) / 1e9 : Double.POSITIVE_INFINITY);
        Pause.of(AFTERWARDS);
        double meanwhile = nanosPerSecond * (System.nanoTime() - start) / 1e9;
        add(ScaleStudy.MOVE_COST, (cpu() - cpu - meanwhile) / 1e6 / connections);
        add(ScaleStudy.LOST, crowd.count(voice -> voice.failure().isPresent()));
        System.err.printf(Locale.ROOT, "%2d  %s measured%n", round, ScaleStudy.subject(connections));
    }

    private long cpu() {
        return cpuTime.nanos();
    }

    private void add(Quantity quantity, double value) throws IOException {
        log.add(ScaleStudy.subject(connections), quantity, Rival.GATEWAY, round, value);
    }
}
