package net.hybridgateway.lab.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;

/** {@code hybrid-gateway mcp}, running on one of the house's conversion points. */
public final class ConversionPoint implements AutoCloseable {
    /** The port it listens on: RFC 8803 has none assigned. */
    public static final int PORT = 7000;

    private static final Duration START = Duration.ofSeconds(60);

    private final LabProcess process;

    private ConversionPoint(LabProcess process) {
        this.process = process;
    }

    /** Starts the first one, which may connect to private addresses, and returns when it listens. */
    public static ConversionPoint start(House house) {
        return start(house, 0, "--allow-private");
    }

    /** Starts one with these options besides where to listen and its folder, and returns when it listens. */
    public static ConversionPoint start(House house, int index, String... options) {
        Path runDir = house.run().folder().resolve("mcp" + index);
        try {
            Files.createDirectories(runDir);
        } catch (IOException e) {
            throw new LabException("cannot make " + runDir, e);
        }
        List<String> words = new ArrayList<>(
                List.of(Distribution.program(), "mcp", "--listen", "[::]:" + PORT, "--run-dir", runDir.toString()));
        words.addAll(Arrays.asList(options));
        LabProcess process = house.conversionPoint(index).start("conversion-point", words.toArray(String[]::new));
        try {
            process.awaitOutput("listening on", START);
        } catch (LabException e) {
            process.close();
            throw e;
        }
        return new ConversionPoint(process);
    }

    public LabProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
