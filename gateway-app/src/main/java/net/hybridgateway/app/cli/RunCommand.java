package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.util.List;
import net.hybridgateway.app.daemon.GatewayDaemon;
import net.hybridgateway.mgmt.config.GatewayConfig;

final class RunCommand implements Command {
    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "Runs the gateway until it is told to stop (SIGTERM or SIGINT).";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.CONFIG, Option.RUN_DIR);
    }

    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) throws InterruptedException {
        GatewayConfig config = Configuration.read(arguments.configFile());
        return Service.run(
                () -> GatewayDaemon.start(config, arguments.runDir()),
                out,
                "hybrid-gateway listening on port " + config.interception().transparentPort() + " for the TCP of "
                        + String.join(", ", config.interception().lanDevices()));
    }
}
