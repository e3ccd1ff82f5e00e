package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonObject;
import java.util.List;
import java.util.Set;

/** The command {@code uplink}, which switches one off and on again. */
public final class UplinkCommands {
    /** The command. */
    public static final String UPLINK = "uplink";

    /** The argument that names the uplink. */
    public static final String NAME = "name";

    /** The argument that is {@code on} or {@code off}. */
    public static final String STATE = "state";

    /** The argument that says that it is meant, even if no other uplink works. */
    public static final String FORCE = "force";

    private UplinkCommands() {}

    public static List<ControlCommand> of(UplinkSwitch uplinks) {
        return List.of(new ControlCommand(UPLINK, Set.of(NAME, STATE, FORCE), arguments -> {
            String name = arguments.required(NAME);
            String state = arguments.required(STATE);
            if (!state.equals("on") && !state.equals("off")) {
                throw new CommandException("argument '" + STATE + "' must be 'on' or 'off'");
            }
            uplinks.turn(name, state.equals("on"), arguments.flag(FORCE));
            JsonObject json = new JsonObject();
            json.put(NAME, name);
            json.put(STATE, state);
            return new CommandResult(
                    json,
                    () -> "uplink " + name + " is switched " + state
                            + (state.equals("on") ? "\n" : " until the next start\n"));
        }));
    }
}
