package net.hybridgateway.mgmt.settings;

import net.hybridgateway.mgmt.control.CommandException;

/** Leads to the thread that owns the settings. */
@FunctionalInterface
public interface SettingsAccess {
    /** Something that is done there. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Settings settings) throws CommandException;
    }

    /** Asks there, and waits for the answer: for as long as files and the kernel take. */
    <T> T ask(Question<T> question) throws CommandException;
}
