package net.hybridgateway.lab.demo;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.LineShape;

/**
 * What the user of the demo asked for.
 *
 * @param fixed the fixed line
 * @param cellular the cellular line
 * @param cut how the fixed line breaks
 * @param report where the HTML report goes
 * @param figure where the SVG goes
 * @param json where the figures go, if anywhere
 * @param keep true if the network stays up afterwards, until Ctrl-C
 */
record DemoOptions(
        LineShape fixed, LineShape cellular, Cut cut, Path report, Path figure, Optional<Path> json, boolean keep) {
    static final String USAGE = """
            usage: sudo ./dev demo [OPTION…]
              --fixed RATE,RTT      the fixed line (default 40mbit,20ms; RATE may be DOWN/UP: 50mbit/10mbit,20ms)
              --cellular RATE,RTT   the cellular line (default 20mbit,50ms)
              --loss PERCENT        packets lost at random on the cellular line (default 0)
              --cut carrier|silent  how the fixed line breaks (default carrier)
              --report FILE         the HTML report (default gateway-lab/target/demo/report.html)
              --figure FILE         the pictures as SVG (default: beside the report)
              --json FILE           the figures as JSON
              --keep                leave the network up afterwards, with the gateway and its page, until Ctrl-C
              --help                this text
            """;

    private static final Path REPORT = Path.of("gateway-lab/target/demo/report.html");

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with one line for people
     */
    static DemoOptions parse(List<String> words) {
        LineShape fixed = LineShape.of(40, 20);
        LineShape cellular = LineShape.of(20, 50);
        double lossPercent = 0;
        Cut cut = Cut.CARRIER;
        Path report = REPORT;
        Optional<Path> figure = Optional.empty();
        Optional<Path> json = Optional.empty();
        boolean keep = false;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--fixed" -> fixed = LineShape.parse(value(option, rest));
                case "--cellular" -> cellular = LineShape.parse(value(option, rest));
                case "--loss" -> lossPercent = percent(value(option, rest));
                case "--cut" -> cut = cut(value(option, rest));
                case "--report" -> report = Path.of(value(option, rest));
                case "--figure" -> figure = Optional.of(Path.of(value(option, rest)));
                case "--json" -> json = Optional.of(Path.of(value(option, rest)));
                case "--keep" -> keep = true;
                default -> throw new IllegalArgumentException("unknown option " + option + " (see --help)");
            }
        }
        Path picture = figure.orElse(report.resolveSibling("demo.svg"));
        return new DemoOptions(fixed, cellular.withLossPercent(lossPercent), cut, report, picture, json, keep);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value (see --help)");
        }
        return rest.next();
    }

    private static double percent(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--loss takes a percentage, not " + text, e);
        }
    }

    private static Cut cut(String text) {
        return switch (text) {
            case "carrier" -> Cut.CARRIER;
            case "silent" -> Cut.SILENT;
            default -> throw new IllegalArgumentException("--cut is carrier or silent, not " + text);
        };
    }
}
