package net.hybridgateway.app.daemon;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.control.UplinkSwitch;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.EngineSnapshot.UplinkView;
import net.hybridgateway.scheduler.UplinkState;

/** An operator's hand on the uplinks. What the engine makes of it is like a break, but for the line, which still carries. */
final class OperatorSwitch implements UplinkSwitch {
    /** What has to be known to judge. */
    interface Engine {
        /** Asks a question on the control thread. */
        <T> T ask(Supplier<T> question);

        List<UplinkView> uplinks();

        /** Uplinks that a quota or a schedule keeps ordinary connections off. */
        Set<String> forbidden();

        void handle(EngineEvent event);
    }

    private final Engine engine;

    OperatorSwitch(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void turn(String uplink, boolean on, boolean forced) throws CommandException {
        // Judged and done in one go: another uplink may break at any moment.
        Optional<String> refusal = engine.ask(() -> {
            Optional<String> reason = refusal(engine.uplinks(), engine.forbidden(), uplink, on || forced);
            if (reason.isEmpty()) {
                engine.handle(new EngineEvent.UplinkEnabled(uplink, on));
            }
            return reason;
        });
        if (refusal.isPresent()) {
            throw new CommandException(refusal.get());
        }
    }

    private static Optional<String> refusal(
            List<UplinkView> uplinks, Set<String> forbidden, String named, boolean inAnyCase) {
        Function<UplinkView, String> name = uplink -> uplink.config().name();
        Optional<UplinkView> meant = uplinks.stream()
                .filter(uplink -> name.apply(uplink).equals(named))
                .findFirst();
        if (meant.isEmpty()) {
            return Optional.of("there is no uplink '" + named + "': known are "
                    + uplinks.stream().map(name).sorted().collect(Collectors.joining(", ")));
        }
        boolean another = uplinks.stream()
                .anyMatch(uplink ->
                        !name.apply(uplink).equals(named) && works(uplink) && !forbidden.contains(name.apply(uplink)));
        return inAnyCase || another || !works(meant.get())
                ? Optional.empty()
                : Optional.of("uplink '" + named + "' is the last one that works: without it the house is offline,"
                        + " so it is switched off by force only");
    }

    private static boolean works(UplinkView uplink) {
        return uplink.state() == UplinkState.ONLINE || uplink.state() == UplinkState.HOLD_DOWN;
    }
}
