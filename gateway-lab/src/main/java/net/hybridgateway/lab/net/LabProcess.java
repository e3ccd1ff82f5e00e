package net.hybridgateway.lab.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs in a namespace, as a process group of its own, with its output in a log file.
 *
 * <p>What survives this object (the JVM was killed, the program forked away) dies with its namespace, see {@link LabRun}.
 */
public final class LabProcess implements AutoCloseable {
    /** An orderly end of the product takes seconds where the machine is busy; killed before, it would leave traces. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(10);

    private final String name;
    private final Process process;
    private final Path log;

    private LabProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static LabProcess start(
            String namespace, String name, Path log, Map<String, String> environment, List<String> words) {
        List<String> command = new ArrayList<>(List.of("setsid", "ip", "netns", "exec", namespace));
        command.addAll(words);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new LabProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new LabException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** The process id, the same in every namespace of this machine. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Path log() {
        return log;
    }

    /** Everything printed so far. */
    public String output() {
        try {
            // Not readString, which refuses a letter of which only a part has been written.
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LabException("cannot read " + log, e);
        }
    }

    /**
     * Waits until the output contains {@code text}.
     *
     * @throws LabException if the program ends first or {@code timeout} passes; the message ends with the last output
     */
    public LabProcess awaitOutput(String text, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            boolean alive = isAlive();
            if (output().contains(text)) {
                return this;
            }
            if (!alive) {
                throw new LabException(
                        name + " ended (exit " + process.exitValue() + ") before it said \"" + text + "\": " + tail());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LabException(
                        name + " did not say \"" + text + "\" in " + timeout.toSeconds() + " s: " + tail());
            }
            Pause.of(POLL);
        }
    }

    /** Waits for the end and gives the exit code. */
    public int awaitExit(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LabException(name + " still runs after " + timeout.toSeconds() + " s: " + tail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for " + name, e);
        }
    }

    /** SIGKILL to the whole group, at once: the crash that tests ask for. */
    public void kill() {
        signalGroup("KILL");
        awaitExit(GRACE);
    }

    /** As {@link #kill}, also if the program is not yet in its namespace or its group; does not wait. */
    void killWhereverItIs() {
        signalGroup("KILL");
        process.destroyForcibly();
    }

    /** SIGTERM, a grace of half a minute, then SIGKILL to whatever is left of the group. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        signalGroup("KILL");
    }

    private void signalGroup(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, "--", "-" + pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String tail() {
        String[] lines = output().strip().split("\n", -1);
        int first = Math.max(0, lines.length - 5);
        return String.join(" | ", Arrays.asList(lines).subList(first, lines.length));
    }
}
