package net.hybridgateway.lab.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One use of the lab: a name that nobody else has, the namespaces made under it, and their end.
 *
 * <p>Logs stay in {@code /tmp/hybrid-gateway-lab/<id>} after the end (or in the folder that the system property
 * {@code lab.logs} names), for a failed test needs them.
 */
public final class LabRun implements AutoCloseable {
    /** Where each run has a folder of logs. */
    public static final Path LOGS = Path.of(System.getProperty("lab.logs", "/tmp/hybrid-gateway-lab"));

    static final String PREFIX = "hg-";
    static final String OWNER = "owner";
    static final Path RUNS = Path.of("/run/hybrid-gateway-lab");

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 5;
    private static final int ATTEMPTS = 100;

    private final String id;
    private final Path folder;
    private final Path logs;
    private final List<Node> nodes = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread hook = new Thread(this::remove, "lab-shutdown");

    private LabRun(String id, Path folder, Path logs) {
        this.id = id;
        this.folder = folder;
        this.logs = logs;
    }

    /** Removes the leftovers of dead runs, then starts one. */
    static LabRun open() {
        try {
            Files.createDirectories(RUNS);
            Janitor.sweep(RUNS);
            String id = newId();
            Path logs = Files.createDirectories(LOGS.resolve(id));
            LabRun run = new LabRun(id, RUNS.resolve(id), logs);
            Runtime.getRuntime().addShutdownHook(run.hook);
            return run;
        } catch (IOException e) {
            throw new LabException("cannot make a folder for the run: " + e.getMessage(), e);
        }
    }

    private static String newId() throws IOException {
        SecureRandom random = new SecureRandom();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StringBuilder id = new StringBuilder();
            for (int i = 0; i < ID_LENGTH; i++) {
                id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            Path folder = RUNS.resolve(id.toString());
            if (!Files.exists(folder)) {
                Files.createDirectory(folder);
                OwnerMark.ofThisProcess().write(folder.resolve(OWNER));
                return id.toString();
            }
        }
        throw new IOException("every name tried in " + RUNS + " was taken");
    }

    /** Five letters that mark all that this run makes. */
    public String id() {
        return id;
    }

    /** A folder for sockets and pid files, gone after the run. */
    public Path folder() {
        return folder;
    }

    /** Where the output of the run's processes is. */
    public Path logs() {
        return logs;
    }

    /** Makes a namespace with lo up. */
    Node node(String role) {
        Node node = new Node(role, PREFIX + id + "-" + role, logs);
        Command.run("ip", "netns", "add", node.namespace());
        nodes.add(node);
        node.ip("link set lo up");
        return node;
    }

    /** All namespaces, in the order of their making. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    private void remove() {
        if (closed.compareAndSet(false, true)) {
            nodes.forEach(Node::killProcesses);
            Janitor.remove(folder);
        }
    }

    @Override
    public void close() {
        remove();
        if (Thread.currentThread() != hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is going down: the hook finds nothing left to do.
                return;
            }
        }
    }
}
