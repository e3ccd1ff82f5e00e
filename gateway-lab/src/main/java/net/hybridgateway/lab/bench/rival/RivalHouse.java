package net.hybridgateway.lab.bench.rival;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.MptcpCounters;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;

/** A house in which one of the rivals carries what the LAN host sends to the web host. */
public final class RivalHouse implements AutoCloseable {
    /** Where the web host listens. */
    public static final int WEB_PORT = 8080;

    private static final int LISTENER = 12345;
    private static final int FAR_LISTENER = 7100;
    private static final String WITHOUT_CONVERSION_POINT = """
            config rule 'all'
                option action 'direct'
            """;
    private static final Duration START = Duration.ofSeconds(30);

    private final Rival rival;
    private final Leg leg;
    private final House house;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private Optional<LabProcess> measured = Optional.empty();
    private Optional<CpuTime> cpu = Optional.empty();

    private RivalHouse(Rival rival, Leg leg, House house) {
        this.rival = rival;
        this.leg = leg;
        this.house = house;
    }

    /** Builds it, and returns when everything is up. */
    public static RivalHouse build(Rival rival, Leg leg, HousePlan plan) {
        RivalHouse built = new RivalHouse(rival, leg, House.build(plan));
        try {
            built.start();
            return built;
        } catch (RuntimeException e) {
            built.close();
            throw e;
        }
    }

    private void start() {
        switch (rival) {
            case GATEWAY -> startGateway();
            case HAPROXY, HAPROXY_LARGE, HAPROXY_SPLICE -> startHaproxy();
            case SS_REDIR -> startShadowsocks();
            case FORWARDING -> {
                // The house forwards by itself.
            }
        }
    }

    private void startGateway() {
        String configuration = Gateway.configuration("on-demand");
        if (leg == Leg.MPTCP) {
            parts.push(ConversionPoint.start(house));
        } else {
            configuration += WITHOUT_CONVERSION_POINT;
        }
        Gateway gateway = Gateway.start(house, configuration);
        parts.push(gateway);
        countTimeOf(gateway.process());
    }

    private void startHaproxy() {
        String web = House.webIpv4() + ":" + WEB_PORT;
        String next = web;
        if (leg == Leg.MPTCP) {
            parts.push(Haproxy.startFarEnd(house, FAR_LISTENER, web));
            awaitListener(house.conversionPoint(), FAR_LISTENER);
            next = House.conversionPointIpv4(0) + ":" + FAR_LISTENER;
        }
        measure(Haproxy.start(house, rival, "0.0.0.0:" + LISTENER, next, leg == Leg.MPTCP));
    }

    private void startShadowsocks() {
        parts.push(Shadowsocks.startServer(house, leg == Leg.MPTCP));
        measure(Shadowsocks.startRedirector(house, LISTENER, leg == Leg.MPTCP));
    }

    private void measure(LabProcess process) {
        parts.push(process);
        countTimeOf(process);
        awaitListener(house.gateway(), LISTENER);
        Redirect.toListener(house.gateway(), LISTENER);
    }

    private void countTimeOf(LabProcess process) {
        measured = Optional.of(process);
        cpu = Optional.of(new CpuTime(process.pid()));
    }

    private static void awaitListener(Node node, int port) {
        if (!Pause.until(START, () -> accepts(node, port))) {
            throw new LabException("nobody listens on port " + port + " of " + node);
        }
    }

    private static boolean accepts(Node node, int port) {
        try (SocketChannel channel = node.call(SocketChannel::open)) {
            Socket socket = channel.socket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) START.toMillis());
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new LabException("cannot ask " + node + " for port " + port, e);
        }
    }

    public Rival rival() {
        return rival;
    }

    public Leg leg() {
        return leg;
    }

    public House house() {
        return house;
    }

    /** The web host's address, where a {@code server} is to listen in {@link House#web()}. */
    public static InetSocketAddress server() {
        return new InetSocketAddress(House.webIpv4(), WEB_PORT);
    }

    /** The program on the gateway's host, of which the processor time counts; none if the kernel does everything. */
    public Optional<LabProcess> measured() {
        return measured;
    }

    /** What it has used of processors until now, in nanoseconds; 0 without a program. */
    public long cpuNanos() {
        return cpu.map(CpuTime::nanos).orElse(0L);
    }

    /**
     * Connections of Multipath TCP that the conversion point's host has accepted, less those that became plain TCP with their
     * first bytes.
     */
    public long multipathAccepted() {
        Node host = house.conversionPoint();
        return MptcpCounters.read(host, "MPCapableSYNRX") - MptcpCounters.read(host, "MPCapableFallbackACK");
    }

    /**
     * Checks that connections went as the leg says.
     *
     * @param multipath how many of Multipath TCP were accepted
     * @param expected how many connections there were
     * @throws LabException if it was not what the leg asks for
     */
    public void checkMultipath(long multipath, long expected) {
        boolean right = leg == Leg.MPTCP ? multipath >= expected : multipath == 0;
        if (!right) {
            throw new LabException(
                    this + ": " + multipath + " connections of Multipath TCP among " + expected + " connections");
        }
    }

    /**
     * Lets hosts use all their ports, and those that wait in TIME_WAIT again after a second: for more short connections than a
     * host usually makes.
     */
    public void freePorts() {
        for (Node node : List.of(house.lanHost(0), house.gateway(), house.conversionPoint())) {
            node.sysctl("net.ipv4.ip_local_port_range=16384 65535", "net.ipv4.tcp_tw_reuse=1");
        }
    }

    /** Whether what was started still runs. */
    public boolean isAlive() {
        return measured.map(LabProcess::isAlive).orElse(true);
    }

    @Override
    public void close() {
        try {
            while (!parts.isEmpty()) {
                parts.pop().close();
            }
        } catch (Exception e) {
            throw new LabException("cannot end " + rival + ": " + e.getMessage(), e);
        } finally {
            house.close();
        }
    }

    @Override
    public String toString() {
        return rival + " " + leg.title();
    }
}
