package net.hybridgateway.app.daemon;

import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.mgmt.settings.SettingsHealth;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthProblem;

/** What is wrong with the settings, as health. */
final class SettingsProblems {
    private SettingsProblems() {}

    static List<HealthProblem> of(SettingsHealth health) {
        List<HealthProblem> problems = new ArrayList<>();
        health.refused()
                .ifPresent(reason -> problems.add(new HealthProblem(
                        HealthCode.CONFIGURATION_REFUSED,
                        "",
                        "The configuration is refused, and an earlier one is in effect: " + reason + ".")));
        health.unsaved()
                .ifPresent(reason -> problems.add(new HealthProblem(
                        HealthCode.SETTINGS_NOT_SAVED, "", "The settings' state cannot be saved: " + reason + ".")));
        if (!health.restart().isEmpty()) {
            problems.add(new HealthProblem(
                    HealthCode.RESTART_NEEDED,
                    "",
                    "A restart is needed for: " + String.join(", ", health.restart()) + "."));
        }
        return problems;
    }
}
