package net.hybridgateway.lab.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.product.Distribution;

/** The product's command line, called to its end. */
final class Program {
    private static final int PATIENCE_SECONDS = 120;

    private Program() {}

    /** What a call ended with. */
    record Ended(int exitCode, String out, String err) {
        boolean isOneLineOfError() {
            return err.endsWith("\n") && err.lines().count() == 1;
        }
    }

    /** Calls {@code hybrid-gateway} with these words in a namespace. */
    static Ended call(Node node, String... words) {
        return callThrough(node, List.of(), words);
    }

    /** As {@link #call}, by another program that starts it, such as setpriv. */
    static Ended callThrough(Node node, List<String> starter, String... words) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", node.namespace()));
        command.addAll(starter);
        command.add(Distribution.program());
        command.addAll(Arrays.asList(words));
        try {
            Path out = Files.createTempFile("hybrid-gateway", ".out");
            Path err = Files.createTempFile("hybrid-gateway", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new LabException(String.join(" ", words) + " did not end: " + Files.readString(err));
                }
                return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new LabException("cannot run " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }
}
