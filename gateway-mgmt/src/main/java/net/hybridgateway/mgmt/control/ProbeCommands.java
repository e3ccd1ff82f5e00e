package net.hybridgateway.mgmt.control;

import java.util.List;
import java.util.Set;
import net.hybridgateway.mgmt.status.ProbeReport;
import net.hybridgateway.mgmt.status.ProbeText;

/**
 * The commands {@code probe}, which begins one and answers at once, and {@code probe-report}, which tells what it found: a
 * probe takes seconds, and the socket has others to serve.
 */
public final class ProbeCommands {
    static final String BEGIN = "probe";
    static final String REPORT = "probe-report";

    /** The argument of {@code probe} that names an uplink. */
    public static final String UPLINK = "uplink";

    /** The argument of {@code probe-report} that says which one is meant, by its number. */
    static final String NUMBER = "number";

    private ProbeCommands() {}

    public static List<ControlCommand> of(ProbeSource source) {
        return List.of(
                new ControlCommand(BEGIN, Set.of(UPLINK), arguments -> result(source.begin(arguments.text(UPLINK)))),
                new ControlCommand(REPORT, Set.of(NUMBER), arguments -> {
                    ProbeReport last =
                            source.report().orElseThrow(() -> new CommandException("nothing was probed so far"));
                    long wanted = arguments.number(NUMBER, 1, Integer.MAX_VALUE, (int) last.number());
                    if (wanted != last.number()) {
                        throw new CommandException("the last probe is number " + last.number() + ", not " + wanted);
                    }
                    return result(last);
                }));
    }

    private static CommandResult result(ProbeReport report) {
        return new CommandResult(ProbeText.json(report), () -> ProbeText.of(report));
    }
}
