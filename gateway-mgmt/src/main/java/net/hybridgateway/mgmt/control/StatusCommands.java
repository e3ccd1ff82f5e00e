package net.hybridgateway.mgmt.control;

import java.util.List;
import java.util.Set;
import net.hybridgateway.mgmt.status.ConnectionList;
import net.hybridgateway.mgmt.status.ConnectionText;
import net.hybridgateway.mgmt.status.EventReport;
import net.hybridgateway.mgmt.status.EventText;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.StatusJson;
import net.hybridgateway.mgmt.status.StatusSource;
import net.hybridgateway.mgmt.status.StatusText;

/** The commands that only show: {@code status}, {@code connections} and {@code events}. */
public final class StatusCommands {
    /** The most connections that one answer tells of. */
    public static final int MOST_CONNECTIONS = 65_536;

    /** So many if the asker does not say: an answer of half a megabyte. */
    public static final int USUAL_CONNECTIONS = 1000;

    /** The argument of {@code connections} that says how many to tell of. */
    public static final String LIMIT = "limit";

    /** The argument of {@code events} after which number to begin. */
    public static final String SINCE = "since";

    /** The argument of {@code events} with which number to end. */
    static final String UNTIL = "until";

    /** The argument of {@code events} that says of which start of the daemon the number is: of another, it is void. */
    static final String BOOT = "boot";

    static final String EVENTS = "events";

    private StatusCommands() {}

    public static List<ControlCommand> of(StatusSource source) {
        return List.of(
                new ControlCommand("status", Set.of(), arguments -> {
                    GatewayStatus status = source.status();
                    return new CommandResult(StatusJson.of(status), () -> StatusText.of(status));
                }),
                new ControlCommand("connections", Set.of(LIMIT), arguments -> {
                    ConnectionList connections =
                            source.connections(arguments.number(LIMIT, 1, MOST_CONNECTIONS, USUAL_CONNECTIONS));
                    return new CommandResult(StatusJson.of(connections), () -> ConnectionText.of(connections));
                }),
                new ControlCommand(
                        EVENTS, Set.of(SINCE, UNTIL, BOOT), arguments -> events(source.events(), arguments)));
    }

    private static CommandResult events(EventReport all, CommandArguments arguments) throws CommandException {
        long since = arguments.number(SINCE, 0, Long.MAX_VALUE, 0);
        long until = arguments.number(UNTIL, 0, Long.MAX_VALUE, Long.MAX_VALUE);
        boolean ofThisStart = arguments.text(BOOT).orElse(all.boot()).equals(all.boot());
        EventReport events = all.between(ofThisStart ? since : 0, until);
        boolean some = since > 0 || arguments.names().contains(UNTIL);
        return new CommandResult(StatusJson.of(events), () -> some ? EventText.news(events) : EventText.of(events));
    }
}
