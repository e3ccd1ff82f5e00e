package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.util.List;
import net.hybridgateway.app.daemon.GatewayDaemon;
import net.hybridgateway.mgmt.config.InterceptionConfig;
import net.hybridgateway.mgmt.settings.SettingsFiles;
import net.hybridgateway.mgmt.settings.StartSettings;

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
        SettingsFiles files = SettingsFiles.of(arguments.configFile());
        StartSettings start = Configuration.toStartWith(files);
        start.refused()
                .ifPresent(problems -> err.println("hybrid-gateway: the last configuration that worked is used, for"
                        + " this one is refused: " + problems));
        InterceptionConfig interception = start.config().interception();
        return Service.run(
                () -> GatewayDaemon.start(files, start, arguments.runDir()),
                out,
                "hybrid-gateway listening on port " + interception.transparentPort() + " for the TCP of "
                        + String.join(", ", interception.lanDevices()));
    }
}
