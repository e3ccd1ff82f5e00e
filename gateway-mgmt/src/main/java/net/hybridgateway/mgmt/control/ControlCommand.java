package net.hybridgateway.mgmt.control;

import java.util.Objects;
import java.util.Set;

/**
 * A command with the arguments that it knows; others are refused before the handler sees them.
 *
 * @param name lower case with hyphens
 */
public record ControlCommand(String name, Set<String> arguments, Handler handler) {
    public ControlCommand {
        arguments = Set.copyOf(arguments);
        Objects.requireNonNull(handler, "handler");
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("command name: " + name);
        }
    }

    /** Carries out a command. Called by one thread at a time ("mgmt", "web-work"): must not take long. */
    @FunctionalInterface
    public interface Handler {
        CommandResult handle(CommandArguments arguments) throws CommandException;
    }
}
