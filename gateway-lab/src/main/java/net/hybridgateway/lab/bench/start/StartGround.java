package net.hybridgateway.lab.bench.start;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.hybridgateway.lab.footprint.ManagedHouse;
import net.hybridgateway.lab.measure.ProcessMemory;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.trial.Crowd;
import net.hybridgateway.lab.trial.CrowdServer;
import net.hybridgateway.lab.trial.Voice;

/** The house in which daemons are started, and what is seen of them from outside. */
final class StartGround implements AutoCloseable {
    private static final int PORT = 8080;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final Duration SPEAK = Duration.ofMillis(200);
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Duration BUSY = Duration.ofSeconds(10);
    private static final Pattern CREATED = Pattern.compile("\\[([0-9.]+)s].*Create VM,");

    private final String program;
    private final ManagedHouse managed = ManagedHouse.build();
    private final AddressTeller teller;

    /** @param program that starts the daemon */
    StartGround(String program) throws IOException {
        this.program = program;
        try {
            this.teller = AddressTeller.listen(managed.house().web(), PORT);
        } catch (IOException e) {
            managed.close();
            throw e;
        }
    }

    /** Starts the daemon while a host connects all the time, and stops it. */
    StartRun start(int round) throws IOException {
        House house = managed.house();
        Path phases = Files.createTempFile("hybrid-gateway", ".phases");
        FirstCarried host = new FirstCarried(
                house.lanHost(0), new InetSocketAddress(House.webIpv4(), PORT), House.conversionPointIpv4(0));
        try (RulesWatch rules = RulesWatch.on(house.gateway())) {
            long begin = System.nanoTime();
            long deadline = begin + PATIENCE.toNanos();
            CompletableFuture<Long> carried = inBackground(() -> host.await(deadline));
            CompletableFuture<Long> taken = inBackground(() -> rules.await(deadline));
            try (Gateway gateway = Gateway.launch(
                    house,
                    managed.configuration(),
                    program,
                    Map.of("HYBRID_GATEWAY_JAVA_OPTS", "-Xlog:startuptime:file=" + phases))) {
                long ready = awaitReady(gateway, deadline);
                return new StartRun(
                        round,
                        javaStarted(phases),
                        (taken.join() - begin) / 1e9,
                        (ready - begin) / 1e9,
                        (carried.join() - begin) / 1e9);
            }
        } catch (CompletionException e) {
            throw new LabException(e.getCause().getMessage(), e);
        } finally {
            Files.delete(phases);
        }
    }

    private static CompletableFuture<Long> inBackground(LongSupplier wait) {
        CompletableFuture<Long> moment = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        moment.complete(wait.getAsLong());
                    } catch (RuntimeException e) {
                        moment.completeExceptionally(e);
                    }
                },
                "watch");
        thread.setDaemon(true);
        thread.start();
        return moment;
    }

    private static long awaitReady(Gateway gateway, long deadlineNanos) {
        while (!gateway.process().output().contains(Gateway.LISTENING)) {
            if (!gateway.process().isAlive() || System.nanoTime() - deadlineNanos > 0) {
                throw new LabException("the daemon does not start: "
                        + gateway.process().output().strip());
            }
            Pause.of(POLL);
        }
        return System.nanoTime();
    }

    /** As Java tells it, since its process began. */
    private static double javaStarted(Path phases) throws IOException {
        Matcher created = CREATED.matcher(Files.readString(phases));
        if (!created.find()) {
            throw new LabException("Java does not tell when it was ready");
        }
        return Double.parseDouble(created.group(1));
    }

    /** What a daemon has in memory that has met its broker and then had nothing to do, and with so many connections. */
    MemoryRun memory(int connections) throws IOException {
        House house = managed.house();
        try (Gateway gateway = Gateway.launch(house, managed.configuration(), program, Map.of());
                CrowdServer server = CrowdServer.listen(house.web(), 0)) {
            awaitReady(gateway, System.nanoTime() + PATIENCE.toNanos());
            managed.awaitManaged();
            Pause.of(IDLE);
            ProcessMemory idle = ProcessMemory.of(gateway.process().pid());
            try (Crowd crowd = Crowd.gather(house.lanHost(0), server.port(), connections, SPEAK)) {
                if (!Pause.until(PATIENCE, () -> crowd.count(Voice::isAnswered) == connections)) {
                    throw new LabException("not all of " + connections + " connections are answered");
                }
                Pause.of(BUSY);
                return new MemoryRun(idle, ProcessMemory.of(gateway.process().pid()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        teller.close();
        managed.close();
    }
}
