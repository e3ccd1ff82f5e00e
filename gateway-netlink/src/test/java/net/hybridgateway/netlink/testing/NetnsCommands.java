package net.hybridgateway.netlink.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** Commands and kernel parameters for the network namespace of the calling thread. */
public final class NetnsCommands {
    private static final int TIMEOUT_SECONDS = 60;

    private NetnsCommands() {}

    /**
     * Runs a command line, split at spaces, such as {@code ip link set lo up}, and returns what it printed.
     *
     * @throws TestAbortedException if the program is not installed, so that the test is skipped
     * @throws AssertionError if it fails or takes more than a minute
     */
    public static String run(String commandLine) {
        try {
            Path output = Files.createTempFile("netns", ".out");
            try {
                return run(commandLine, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(commandLine + " was interrupted", e);
        }
    }

    private static String run(String commandLine, Path output) throws IOException, InterruptedException {
        // Started by this thread, so the process is in its namespace. Output to a file: no pipe can fill up.
        Process process;
        try {
            process = new ProcessBuilder(commandLine.split(" "))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new TestAbortedException("needs a program that is not installed: " + e.getMessage(), e);
        }
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(commandLine + " runs for more than " + TIMEOUT_SECONDS + " s");
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new AssertionError(commandLine + " failed (" + process.exitValue() + "): " + text);
        }
        return text;
    }

    /** Sets a parameter of this namespace, such as {@code net.ipv4.tcp_fastopen}. */
    public static void sysctl(String name, Object value) {
        try {
            Files.writeString(sysctlFile(name), value.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("sysctl " + name, e);
        }
    }

    /** Whether this kernel has the parameter. */
    public static boolean hasSysctl(String name) {
        return Files.exists(sysctlFile(name));
    }

    private static Path sysctlFile(String name) {
        return Path.of("/proc/sys", name.split("\\."));
    }
}
