package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.mgmt.control.ControlException;
import net.hybridgateway.mgmt.control.ProbeClient;

/** Has the running daemon try something with its uplinks, and waits for what it finds. */
final class ProbeCommand implements Command {
    private final String name;
    private final String summary;
    private final Option uplink;
    private final Trial trial;

    /** What the daemon is asked for. */
    @FunctionalInterface
    private interface Trial {
        ProbeClient.Found ask(ProbeClient client, Optional<String> uplink, boolean json)
                throws ControlException, InterruptedException;
    }

    /** @param which the uplink that may be named, and what for */
    private ProbeCommand(String name, String summary, String which, Trial trial) {
        this.name = name;
        this.summary = summary;
        this.uplink =
                new Option("UPLINK", "", "the " + which + ", even one that a quota or schedule forbids (default: all)");
        this.trial = trial;
    }

    /** Finds out what the network does to Multipath TCP. */
    static Command probe() {
        return new ProbeCommand(
                "probe",
                "Tells what each uplink's network does to Multipath TCP; exits with 1 if something is in the way.",
                "one to probe",
                ProbeClient::probe);
    }

    /** Rehearses a break. */
    static Command drill() {
        return new ProbeCommand(
                "drill",
                "Rehearses a break: a connection moves to each backup; exits with 1 if one would not help.",
                "backup to try",
                ProbeClient::drill);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public List<Option> options() {
        return List.of(Option.JSON, Option.RUN_DIR);
    }

    @Override
    public List<Option> operands() {
        return List.of(uplink);
    }

    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Path socket = arguments.runDir().resolve("control.sock");
        Optional<String> chosen = arguments.value(uplink);
        try {
            if (chosen.isPresent()) {
                UplinkNames.check(socket, chosen.get());
            }
            ProbeClient.Found found = trial.ask(new ProbeClient(socket), chosen, arguments.has(Option.JSON));
            out.print(found.printed());
            return found.well() ? CommandLine.DONE : CommandLine.FAILED;
        } catch (ControlException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
    }
}
