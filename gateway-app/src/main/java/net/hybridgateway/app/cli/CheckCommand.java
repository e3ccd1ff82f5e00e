package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.util.List;
import net.hybridgateway.mgmt.config.GatewayConfig;

final class CheckCommand implements Command {
    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "Checks the configuration and lists all that is wrong with it.";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.CONFIG);
    }

    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) {
        GatewayConfig config = Configuration.read(arguments.configFile());
        out.println(arguments.configFile() + ": good, with " + config.uplinks().size() + " uplinks and "
                + config.conversionPoints().size() + " conversion points"
                + (config.discovery().isPresent() ? ", more are learnt" : ""));
        return CommandLine.DONE;
    }
}
