package net.hybridgateway.lab.net;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import net.hybridgateway.netlink.namespace.NetworkNamespace;

/** One machine of the lab: a network namespace. Everything that runs in it dies with the {@link LabRun}. */
public final class Node {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final String role;
    private final String namespace;
    private final Path logs;
    private final List<LabProcess> processes = new CopyOnWriteArrayList<>();
    private final AtomicInteger started = new AtomicInteger();

    Node(String role, String namespace, Path logs) {
        this.role = role;
        this.namespace = namespace;
        this.logs = logs;
    }

    /** What it is in the house: {@code gateway}, {@code lan0}, {@code mcp} … */
    public String role() {
        return role;
    }

    /** The name that {@code ip netns} knows. */
    public String namespace() {
        return namespace;
    }

    /** Runs a program here to its end (at most two minutes) and gives what it printed; an exit code but 0 is an exception. */
    public String run(String... words) {
        return execute("", words);
    }

    /** As {@link #run(String...)}, with {@code input} on standard input. */
    public String runWithInput(String input, String... words) {
        return execute(input, words);
    }

    /** Starts a program here; its output goes to a log file named after {@code name}. */
    public LabProcess start(String name, String... words) {
        return start(name, Map.of(), Arrays.asList(words));
    }

    /** As {@link #start(String, String...)}, with additions to the environment. */
    public LabProcess start(String name, Map<String, String> environment, List<String> words) {
        Path log = logs.resolve(role + "-" + name + "-" + started.incrementAndGet() + ".log");
        LabProcess process = LabProcess.start(namespace, name, log, environment, words);
        processes.add(process);
        return process;
    }

    /** Ends what was started here, also what is only on its way into the namespace and can't be found there. */
    void killProcesses() {
        processes.stream().filter(LabProcess::isAlive).forEach(LabProcess::killWhereverItIs);
    }

    /** Calls {@code task} on this thread inside the namespace: sockets opened there stay there. */
    public <T> T call(Callable<T> task) {
        try (NetworkNamespace here = NetworkNamespace.named(namespace)) {
            return here.run(task);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LabException(role + ": " + e, e);
        }
    }

    /** Commands for ip(8), one a line, in one process. */
    public void ip(String... commands) {
        execute(String.join("\n", commands) + "\n", "ip", "-batch", "-");
    }

    /** Rules for nft(8), in one transaction. */
    public void nft(String rules) {
        execute(rules, "nft", "-f", "-");
    }

    /** Settings of the form {@code net.ipv4.ip_forward=1}, written in order. */
    public void sysctl(String... settings) {
        call(() -> {
            for (String setting : settings) {
                int equals = setting.indexOf('=');
                Path file = Path.of("/proc/sys", setting.substring(0, equals).replace('.', '/'));
                Files.writeString(file, setting.substring(equals + 1));
            }
            return settings.length;
        });
    }

    /**
     * Keeps the firewall away from packets that are bridged, as on OpenWrt. Where the br_netfilter module is there (Docker
     * loads it), bridged packets pass the IP hooks while still in the bridge, and what tproxy gives them is lost on the
     * way up: intercepted connections then time out.
     */
    void bridgeWithoutFirewall() {
        if (call(() -> Files.exists(Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables")))) {
            sysctl("net.bridge.bridge-nf-call-iptables=0", "net.bridge.bridge-nf-call-ip6tables=0");
        }
    }

    /** The counters of a device since it was made. */
    public Counters counters(String device) {
        return call(() -> Counters.read(device));
    }

    /** True if the device exists and its carrier is present. */
    public boolean hasCarrier(String device) {
        return run("ip", "-o", "link", "show", "dev", device).contains("LOWER_UP");
    }

    private String execute(String input, String... words) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(Arrays.asList(words));
        return Command.run(command, input, TIMEOUT);
    }

    @Override
    public String toString() {
        return namespace;
    }
}
