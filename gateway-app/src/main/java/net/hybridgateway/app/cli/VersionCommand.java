package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.util.List;
import net.hybridgateway.app.daemon.Version;

final class VersionCommand implements Command {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "Prints the version of this program.";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) {
        out.println("hybrid-gateway " + Version.current());
        return CommandLine.DONE;
    }
}
