package net.hybridgateway.lab.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and gives what it printed. */
public final class Command {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private Command() {}

    static String run(String... words) {
        return run(Arrays.asList(words), "", TIMEOUT);
    }

    /**
     * Lets the program work in a folder and waits for its end.
     *
     * @return standard output and standard error, as they came
     * @throws LabException as {@link #run(List, String, Duration)} does
     */
    public static String runIn(Path folder, List<String> words, Duration timeout) {
        return run(new ProcessBuilder(words).directory(folder.toFile()), "", timeout);
    }

    /**
     * Feeds {@code input} to the program and waits for its end.
     *
     * @return standard output and standard error, as they came
     * @throws LabException if the program is missing, fails, or runs longer than {@code timeout}
     */
    public static String run(List<String> words, String input, Duration timeout) {
        return run(new ProcessBuilder(words), input, timeout);
    }

    private static String run(ProcessBuilder program, String input, Duration timeout) {
        List<String> words = program.command();
        Path output = null;
        try {
            // A file and not a pipe: a program that becomes a daemon would keep the pipe open for ever.
            output = Files.createTempFile("hybrid-gateway-lab", ".out");
            Process process = program.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new LabException(
                        "no end after " + timeout.toSeconds() + " s: " + said(words, Files.readString(output)));
            }
            String said = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new LabException("exit " + process.exitValue() + ": " + said(words, said));
            }
            return said;
        } catch (IOException e) {
            throw new LabException("cannot run " + String.join(" ", words) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted: " + String.join(" ", words), e);
        } finally {
            deleteQuietly(output);
        }
    }

    private static String said(List<String> words, String output) {
        return String.join(" ", words) + ": " + output.strip();
    }

    private static void deleteQuietly(Path path) {
        if (path != null) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                path.toFile().deleteOnExit();
            }
        }
    }
}
