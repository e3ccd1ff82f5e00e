package net.hybridgateway.mgmt.settings;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import net.hybridgateway.mgmt.config.ConfigException;
import net.hybridgateway.mgmt.config.ConfigReader;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.UciDocument;
import net.hybridgateway.mgmt.control.CommandException;

/**
 * The settings of a running gateway: shows them, changes them, takes changes back. One thread owns it.
 *
 * <p>Each text of the configuration file has a revision, also one that was written by somebody else: the next look finds
 * it. There is at most one change on trial.
 */
public final class Settings {
    private final SettingsStore store;
    private final LiveGateway gateway;
    private final LongSupplier nanoTime;
    /** The text of the configuration that the gateway follows. */
    private String applied;

    private SettingsState state;
    private OptionalLong revertNanos = OptionalLong.empty();
    private Optional<String> refused;
    private List<String> restart = List.of();
    private Optional<String> unsaved = Optional.empty();

    /** What was changed, and what of it waits for a restart. */
    record Changed(long revision, Optional<Pending> pending, List<String> restart) {}

    /**
     * A change on trial.
     *
     * @param revertsIn how long until it is taken back
     */
    record Pending(long revision, Duration revertsIn) {}

    /** What there is to show. */
    record View(long revision, Optional<Pending> pending, UciDocument document) {}

    /**
     * Takes over from the start.
     *
     * @param start what the gateway has started with
     */
    public static Settings of(SettingsFiles files, StartSettings start, LiveGateway gateway, LongSupplier nanoTime) {
        Settings settings = new Settings(files, start.text(), start.refused(), gateway, nanoTime);
        settings.endTrial(start.reverted());
        return settings;
    }

    /** The program was restarted during a trial, if there was one. */
    private void endTrial(boolean reverted) {
        Optional<String> before = state.before();
        if (before.isEmpty()) {
            return;
        }
        long revision = state.revision();
        try {
            if (reverted) {
                store.write(before.get());
            }
            state = reverted ? state.next(before.get()) : state.confirmed();
            save(state);
            if (reverted) {
                gateway.tell("The settings of revision " + revision
                        + " were not confirmed before the restart and are taken back.");
            }
        } catch (IOException e) {
            unsaved = Optional.of(e.getMessage());
        }
    }

    /** The gateway runs: what it has started with is good. */
    public void started() {
        if (refused.isEmpty()) {
            keepAsGood(applied);
        }
    }

    Settings(
            SettingsStore store, String applied, Optional<String> refused, LiveGateway gateway, LongSupplier nanoTime) {
        this.store = store;
        this.applied = applied;
        this.refused = refused;
        this.gateway = gateway;
        this.nanoTime = nanoTime;
        this.state = store.state().orElseGet(() -> SettingsState.first(applied));
        save(state);
    }

    /** The file as it is now. */
    View view() throws CommandException {
        String text = look();
        try {
            return new View(state.revision(), pending(), ConfigReader.document(store.file(), text));
        } catch (ConfigException e) {
            throw new CommandException("the configuration cannot be shown: " + SettingsEditor.summary(e));
        }
    }

    /**
     * Changes settings, all of them or none.
     *
     * @param revision what the changes were made from; empty for whatever there is
     * @param confirmWithin how long the change waits for {@link #confirm} before it is taken back; empty for good
     */
    Changed change(OptionalLong revision, Optional<Duration> confirmWithin, List<SettingChange> changes)
            throws CommandException {
        String before = look();
        if (revision.isPresent() && revision.getAsLong() != state.revision()) {
            throw new CommandException("the settings were changed meanwhile: they have revision " + state.revision()
                    + ", not " + revision.getAsLong());
        }
        if (revertNanos.isPresent()) {
            throw new CommandException(
                    "revision " + state.revision() + " is on trial: confirm or revert it before the next change");
        }
        SettingsEditor.Edited edited = SettingsEditor.edit(store.file(), before, changes);
        if (edited.text().equals(before)) {
            return new Changed(state.revision(), Optional.empty(), restart);
        }
        SettingsState wanted =
                confirmWithin.isPresent() ? state.onTrial(edited.text(), before) : state.next(edited.text());
        replace(before, edited.text(), edited.config(), wanted);
        if (confirmWithin.isPresent()) {
            revertNanos =
                    OptionalLong.of(nanoTime.getAsLong() + confirmWithin.get().toNanos());
            gateway.tell("Settings of revision " + state.revision() + " are on trial for "
                    + confirmWithin.get().toSeconds() + " s.");
        } else {
            keepAsGood(edited.text());
            gateway.tell("The settings were changed: revision " + state.revision() + ".");
        }
        return new Changed(state.revision(), pending(), restart);
    }

    /** The file first: what runs and is not in the file would be gone with the next start. */
    private void replace(String before, String text, GatewayConfig config, SettingsState wanted)
            throws CommandException {
        SettingsState old = state;
        try {
            // A crash from here on finds what to go back to.
            store.save(wanted);
            store.write(text);
        } catch (IOException e) {
            save(old);
            throw new CommandException("nothing was changed: the settings cannot be written: " + e.getMessage());
        }
        try {
            restart = gateway.apply(config);
        } catch (RuntimeException e) {
            putBack(before, old);
            throw new CommandException("nothing was changed: " + e.getMessage());
        }
        state = wanted;
        applied = text;
        refused = Optional.empty();
    }

    private void putBack(String before, SettingsState old) {
        try {
            store.write(before);
        } catch (IOException e) {
            gateway.tell("The old settings cannot be written back: " + e.getMessage() + ".");
        }
        save(old);
    }

    /**
     * The change on trial is to stay.
     *
     * @param revision which one is meant
     */
    Changed confirm(long revision) throws CommandException {
        look();
        requirePending();
        if (revision != state.revision()) {
            throw new CommandException("revision " + state.revision() + " is on trial, not " + revision);
        }
        revertNanos = OptionalLong.empty();
        state = state.confirmed();
        save(state);
        keepAsGood(applied);
        gateway.tell("The settings of revision " + revision + " were confirmed.");
        return new Changed(state.revision(), Optional.empty(), restart);
    }

    /** The change on trial is to go. */
    Changed revert() throws CommandException {
        look();
        requirePending();
        takeBack("were taken back");
        return new Changed(state.revision(), Optional.empty(), restart);
    }

    private void requirePending() throws CommandException {
        if (revertNanos.isEmpty()) {
            throw new CommandException("no change is on trial");
        }
    }

    private void takeBack(String how) throws CommandException {
        String before = state.before().orElseThrow();
        long revision = state.revision();
        revertNanos = OptionalLong.empty();
        GatewayConfig config;
        try {
            config = ConfigReader.parse(store.file(), before);
        } catch (ConfigException e) {
            throw new CommandException("the settings before were no good: " + SettingsEditor.summary(e));
        }
        replace(applied, before, config, state.next(before));
        gateway.tell("The settings of revision " + revision + " " + how + ".");
    }

    /** Reads the file again and follows it; if it is bad, nothing changes. */
    Changed reload() throws CommandException {
        String text = look();
        try {
            restart = gateway.apply(ConfigReader.parse(store.file(), text));
        } catch (ConfigException e) {
            refused = Optional.of(SettingsEditor.summary(e));
            throw new CommandException("nothing was changed: " + refused.get());
        } catch (RuntimeException e) {
            throw new CommandException("nothing was changed: " + e.getMessage());
        }
        applied = text;
        refused = Optional.empty();
        if (revertNanos.isEmpty()) {
            keepAsGood(text);
        }
        return new Changed(state.revision(), pending(), restart);
    }

    /** When {@link #tick} wants to be called; empty for never. */
    public OptionalLong nextDeadlineNanos() {
        return revertNanos;
    }

    /** Takes a change back whose time is over. Spurious calls are harmless. */
    public void tick() {
        if (revertNanos.isEmpty() || revertNanos.getAsLong() - nanoTime.getAsLong() > 0) {
            return;
        }
        try {
            look();
            if (revertNanos.isPresent()) {
                takeBack("were not confirmed in time and are taken back");
            }
        } catch (CommandException e) {
            revertNanos = OptionalLong.empty();
            gateway.tell("Settings on trial could not be taken back: " + e.getMessage() + ".");
        }
    }

    /** What is wrong with the settings now. */
    public SettingsHealth health() {
        return new SettingsHealth(refused, restart, unsaved);
    }

    /** Reads the file. If somebody else has written it, that is a new revision, and there to stay. */
    private String look() throws CommandException {
        String text;
        try {
            text = store.read();
        } catch (IOException e) {
            throw new CommandException(e.getMessage());
        }
        if (!state.isOf(text)) {
            if (revertNanos.isPresent()) {
                gateway.tell("The configuration file was changed by somebody else, so the settings on trial stay.");
            }
            revertNanos = OptionalLong.empty();
            state = state.next(text);
            save(state);
        }
        return text;
    }

    private Optional<Pending> pending() {
        return revertNanos.isEmpty()
                ? Optional.empty()
                : Optional.of(new Pending(
                        state.revision(),
                        Duration.ofNanos(Math.max(0, revertNanos.getAsLong() - nanoTime.getAsLong()))));
    }

    private void save(SettingsState now) {
        try {
            store.save(now);
            unsaved = Optional.empty();
        } catch (IOException e) {
            unsaved = Optional.of(e.getMessage());
        }
    }

    private void keepAsGood(String text) {
        try {
            store.saveGood(text);
        } catch (IOException e) {
            unsaved = Optional.of(e.getMessage());
        }
    }
}
