package net.hybridgateway.mgmt.control;

import java.util.List;
import java.util.Set;
import net.hybridgateway.mgmt.status.DrillReport;
import net.hybridgateway.mgmt.status.DrillText;

/**
 * The commands {@code drill}, which begins one and answers at once, and {@code drill-report}, which tells what became of
 * it, as with {@link ProbeCommands}.
 */
public final class DrillCommands {
    static final String BEGIN = "drill";
    static final String REPORT = "drill-report";

    private DrillCommands() {}

    public static List<ControlCommand> of(DrillSource source) {
        return List.of(
                new ControlCommand(
                        BEGIN,
                        Set.of(ProbeCommands.UPLINK),
                        arguments -> result(source.begin(arguments.text(ProbeCommands.UPLINK)))),
                new ControlCommand(REPORT, Set.of(ProbeCommands.NUMBER), arguments -> {
                    DrillReport last =
                            source.report().orElseThrow(() -> new CommandException("there was no drill so far"));
                    long wanted = arguments.number(ProbeCommands.NUMBER, 1, Long.MAX_VALUE, last.number());
                    if (wanted != last.number()) {
                        throw new CommandException("the last drill is number " + last.number() + ", not " + wanted);
                    }
                    return result(last);
                }));
    }

    private static CommandResult result(DrillReport report) {
        return new CommandResult(DrillText.json(report), () -> DrillText.of(report));
    }
}
