package net.hybridgateway.mgmt.settings;

import net.hybridgateway.mgmt.config.ConfigOption;
import net.hybridgateway.mgmt.config.ConfigSchema;
import net.hybridgateway.mgmt.config.SectionType;
import net.hybridgateway.mgmt.config.UciDocument;

/** Settings for a terminal. */
final class SettingsText {
    private SettingsText() {}

    static String of(Settings.View view) {
        StringBuilder text = new StringBuilder("revision " + view.revision());
        view.pending().ifPresent(pending -> text.append(onTrial(pending)));
        text.append('\n');
        for (UciDocument.Section section : view.document().sections()) {
            text.append('\n')
                    .append(section.type())
                    .append(' ')
                    .append(section.name())
                    .append('\n');
            for (UciDocument.Entry entry : section.options()) {
                text.append("  ")
                        .append(entry.name())
                        .append(' ')
                        .append(String.join(", ", SettingsJson.shown(section.type(), entry)))
                        .append('\n');
            }
        }
        return text.toString();
    }

    static String of(Settings.Changed changed) {
        StringBuilder text = new StringBuilder("In effect: revision " + changed.revision());
        changed.pending().ifPresent(pending -> text.append(onTrial(pending)));
        text.append(".\n");
        if (!changed.restart().isEmpty()) {
            text.append("Needs a restart: ")
                    .append(String.join(", ", changed.restart()))
                    .append(".\n");
        }
        return text.toString();
    }

    private static String onTrial(Settings.Pending pending) {
        return ", on trial for another " + pending.revertsIn().toSeconds() + " s";
    }

    static String schema() {
        StringBuilder text = new StringBuilder();
        for (SectionType type : ConfigSchema.SECTIONS) {
            text.append(type.name()).append('\n');
            for (ConfigOption<?> option : type.options()) {
                text.append("  ")
                        .append(option.name())
                        .append(option.list() ? " (list): " : ": ")
                        .append(option.type().allowed())
                        .append('\n');
            }
        }
        return text.toString();
    }
}
