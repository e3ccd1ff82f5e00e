package net.hybridgateway.app.cli;

import net.hybridgateway.mgmt.control.StatusCommands;

/**
 * One option of a command.
 *
 * @param name with its dashes, such as {@code --config}
 * @param value what stands for its value in the help text, empty for a switch
 * @param text what it means, in one line
 */
record Option(String name, String value, String text) {
    static final Option CONFIG =
            new Option("--config", "FILE", "the configuration (default: " + Arguments.DEFAULT_CONFIG + ")");
    static final Option RUN_DIR = new Option(
            "--run-dir",
            "DIR",
            "where the lock and the control socket live (default: " + Arguments.DEFAULT_RUN_DIR + ")");
    static final Option JSON = new Option("--json", "", "print the facts as JSON");
    static final Option LIMIT = new Option(
            "--limit", "N", "at most N of them, the oldest (default: " + StatusCommands.USUAL_CONNECTIONS + ")");
    static final Option HELP = new Option("--help", "", "print this text");

    boolean isSwitch() {
        return value.isEmpty();
    }
}
