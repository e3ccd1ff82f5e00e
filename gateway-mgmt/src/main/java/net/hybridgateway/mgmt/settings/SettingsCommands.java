package net.hybridgateway.mgmt.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.hybridgateway.mgmt.control.CommandArguments;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.control.CommandResult;
import net.hybridgateway.mgmt.control.ControlCommand;

/**
 * The commands {@code settings}, {@code settings-schema}, {@code settings-change}, {@code settings-confirm},
 * {@code settings-revert} and {@code reload}.
 */
public final class SettingsCommands {
    private static final String REVISION = "revision";
    private static final String CONFIRM_WITHIN = "confirmWithin";
    private static final int LONGEST_TRIAL_SECONDS = 3600;

    private SettingsCommands() {}

    public static List<ControlCommand> of(SettingsAccess access) {
        return List.of(
                new ControlCommand("settings", Set.of(), arguments -> {
                    Settings.View view = access.ask(Settings::view);
                    return new CommandResult(SettingsJson.of(view), () -> SettingsText.of(view));
                }),
                new ControlCommand(
                        "settings-schema",
                        Set.of(),
                        arguments -> new CommandResult(SettingsJson.schema(), SettingsText::schema)),
                new ControlCommand(
                        "settings-change",
                        Set.of(REVISION, CONFIRM_WITHIN, SettingChanges.ARGUMENT),
                        arguments -> change(access, arguments)),
                new ControlCommand("settings-confirm", Set.of(REVISION), arguments -> {
                    long revision = revision(arguments)
                            .orElseThrow(() -> new CommandException("argument '" + REVISION + "' is missing"));
                    return result(access.ask(settings -> settings.confirm(revision)));
                }),
                new ControlCommand("settings-revert", Set.of(), arguments -> result(access.ask(Settings::revert))),
                new ControlCommand("reload", Set.of(), arguments -> result(access.ask(Settings::reload))));
    }

    private static CommandResult change(SettingsAccess access, CommandArguments arguments) throws CommandException {
        OptionalLong revision = revision(arguments);
        OptionalLong seconds = arguments.number(CONFIRM_WITHIN, 1, LONGEST_TRIAL_SECONDS);
        Optional<Duration> confirmWithin =
                seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty();
        List<SettingChange> changes = SettingChanges.of(arguments);
        return result(access.ask(settings -> settings.change(revision, confirmWithin, changes)));
    }

    private static OptionalLong revision(CommandArguments arguments) throws CommandException {
        return arguments.number(REVISION, 1, Long.MAX_VALUE);
    }

    private static CommandResult result(Settings.Changed changed) {
        return new CommandResult(SettingsJson.of(changed), () -> SettingsText.of(changed));
    }
}
