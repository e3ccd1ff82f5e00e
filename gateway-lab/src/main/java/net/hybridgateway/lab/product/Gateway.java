package net.hybridgateway.lab.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Node;

/** {@code hybrid-gateway run}, running on the house's gateway. */
public final class Gateway implements AutoCloseable {
    /** What the daemon says when it is ready, as part of a line. */
    public static final String LISTENING = "listening on";

    private static final Duration START = Duration.ofSeconds(60);
    private static final String CONFIGURATION = "hybrid-gateway.conf";

    private final Node node;
    private final LabProcess process;
    private final Path runDir;

    private Gateway(Node node, LabProcess process, Path runDir) {
        this.node = node;
        this.process = process;
        this.runDir = runDir;
    }

    /**
     * The usual configuration: both uplinks, the first conversion point by its IPv4 address.
     *
     * @param cellularUse {@code always}, {@code overflow}, {@code standby} or {@code on-demand}
     */
    public static String configuration(String cellularUse) {
        return """
                config gateway 'main'
                    option enabled '1'
                    list lan '%s'
                config uplink 'fixed'
                    option device '%s'
                    option kind 'fixed'
                    option preference '10'
                    option use 'always'
                config uplink 'cellular'
                    option device '%s'
                    option kind 'cellular'
                    option preference '20'
                    option use '%s'
                config conversion_point 'operator'
                    option address '%s'
                    option port '%d'
                """.formatted(
                        House.LAN_DEVICE,
                        Access.FIXED.device(),
                        Access.CELLULAR.device(),
                        cellularUse,
                        House.conversionPointIpv4(0),
                        ConversionPoint.PORT);
    }

    /**
     * A configuration whose state folder is in {@code folder}, not in the machine's own; its lines stay where they are. What
     * has a state folder already is left alone.
     */
    public static String withStateIn(Path folder, String configuration) {
        return configuration.contains("state_dir")
                ? configuration
                : configuration.replace(
                        "config gateway 'main'\n",
                        "config gateway 'main'; option state_dir '" + folder.resolve("state") + "'\n");
    }

    /** Starts it with this configuration text, and returns when it listens. */
    public static Gateway start(House house, String configuration) {
        Gateway gateway = launch(house, configuration, Distribution.program(), Map.of());
        try {
            gateway.process.awaitOutput(LISTENING, START);
        } catch (LabException e) {
            gateway.close();
            throw e;
        }
        return gateway;
    }

    /**
     * As {@link #start}, and returns at once.
     *
     * @param program to start
     * @param environment additions to the environment
     */
    public static Gateway launch(House house, String configuration, String program, Map<String, String> environment) {
        Path runDir = house.run().folder().resolve("gateway");
        Path config = runDir.resolve(CONFIGURATION);
        try {
            Files.createDirectories(runDir);
            Files.writeString(config, withStateIn(runDir, configuration));
        } catch (IOException e) {
            throw new LabException("cannot write " + config, e);
        }
        LabProcess process = house.gateway()
                .start(
                        "daemon",
                        environment,
                        List.of(program, "run", "--config", config.toString(), "--run-dir", runDir.toString()));
        return new Gateway(house.gateway(), process, runDir);
    }

    public LabProcess process() {
        return process;
    }

    /** Its configuration file. */
    public Path configuration() {
        return runDir.resolve(CONFIGURATION);
    }

    /** Its folder, for the control socket and lease files. */
    public Path runDir() {
        return runDir;
    }

    /** Another of the program's commands against this gateway, for example {@code command("status", "--json")}. */
    public String command(String... words) {
        List<String> command = new ArrayList<>(List.of(Distribution.program()));
        command.addAll(Arrays.asList(words));
        command.addAll(List.of("--run-dir", runDir.toString()));
        return node.run(command.toArray(String[]::new));
    }

    @Override
    public void close() {
        process.close();
    }
}
