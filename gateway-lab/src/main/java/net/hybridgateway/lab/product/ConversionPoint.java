package net.hybridgateway.lab.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;

/** {@code hybrid-gateway mcp}, running on the house's first conversion point. */
public final class ConversionPoint implements AutoCloseable {
    /** The port it listens on: RFC 8803 has none assigned. */
    public static final int PORT = 7000;

    private static final Duration START = Duration.ofSeconds(30);

    private final LabProcess process;

    private ConversionPoint(LabProcess process) {
        this.process = process;
    }

    /** Starts one that may connect to private addresses, and returns when it listens. */
    public static ConversionPoint start(House house) {
        Path runDir = house.run().folder().resolve("mcp");
        try {
            Files.createDirectories(runDir);
        } catch (IOException e) {
            throw new LabException("cannot make " + runDir, e);
        }
        LabProcess process = house.conversionPoint()
                .start(
                        "conversion-point",
                        Distribution.program(),
                        "mcp",
                        "--listen",
                        "[::]:" + PORT,
                        "--allow-private",
                        "--run-dir",
                        runDir.toString());
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
