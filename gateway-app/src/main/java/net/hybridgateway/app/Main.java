package net.hybridgateway.app;

import java.util.List;
import net.hybridgateway.app.cli.CommandLine;

/** The entry point: {@code hybrid-gateway COMMAND [OPTION ...]}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(CommandLine.standard().run(List.of(args), System.out, System.err));
    }
}
