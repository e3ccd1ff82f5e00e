package net.hybridgateway.lab.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.MarkdownTable;
import net.hybridgateway.lab.measure.TextTable;

/** What single steps take: tables for people. */
record MicroReport(Circumstances circumstances, List<MicroFigure> figures) {
    private static final double MICROSECOND = 1e3;

    /** A step of a codec, and the least that it could take, if somebody wrote that. */
    private record CodecStep(String words, String step, Optional<String> least) {}

    /** A step of the engine. Making a household anew for each takes heap, too, which must not count. */
    private record EngineStep(String words, String step, boolean ofAll, boolean heap) {}

    private static final List<CodecStep> CODECS = List.of(
            new CodecStep(
                    "netlink: an event of the path manager",
                    "NetlinkSteps.event",
                    Optional.of("NetlinkSteps.eventAtKnownPlaces")),
            new CodecStep("netlink: a subflow in a list of sock_diag", "NetlinkSteps.subflowOfAList", Optional.empty()),
            new CodecStep("netlink: a command, and \"done\"", "NetlinkSteps.command", Optional.empty()),
            new CodecStep(
                    "Convert: the gateway's request",
                    "ConvertSteps.request",
                    Optional.of("ConvertSteps.requestAtKnownPlaces")),
            new CodecStep("Convert: the gateway's whole part", "ConvertSteps.wholeOfTheGateway", Optional.empty()),
            new CodecStep(
                    "Convert: the conversion point reads the request",
                    "ConvertSteps.wholeOfTheConversionPoint",
                    Optional.empty()));

    private static final List<EngineStep> ENGINE = List.of(
            new EngineStep("one more comes and goes", "EngineSteps.oneMore", false, true),
            new EngineStep("a break: each moves to cellular", "EngineSteps.breakOfAll", true, false),
            new EngineStep("an image of all, for each", "EngineSteps.imageOfAll", true, true));

    MicroReport {
        figures = List.copyOf(figures);
    }

    private Optional<MicroFigure> find(String step, int connections) {
        return figures.stream()
                .filter(figure -> figure.step().equals(step) && figure.connections() == connections)
                .findFirst();
    }

    private List<List<String>> codecs() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("codec", "µs", "heap, bytes", "times the least"));
        for (CodecStep codec : CODECS) {
            find(codec.step(), 0).ifPresent(figure -> {
                Optional<MicroFigure> least = codec.least().flatMap(step -> find(step, 0));
                rows.add(List.of(
                        codec.words(),
                        microseconds(figure),
                        heap(figure),
                        least.map(it -> String.format(Locale.ROOT, "%.1f", figure.nanoseconds() / it.nanoseconds()))
                                .orElse("")));
            });
        }
        return rows;
    }

    private List<List<String>> engine() {
        List<List<String>> rows = new ArrayList<>();
        List<Integer> crowds = figures.stream()
                .map(MicroFigure::connections)
                .filter(crowd -> crowd > 0)
                .distinct()
                .sorted()
                .toList();
        rows.add(Stream.of(
                        Stream.of("policy engine, among"),
                        crowds.stream().map(crowd -> String.format(Locale.ROOT, "%,d, µs", crowd)),
                        Stream.of("heap, bytes"))
                .flatMap(cells -> cells)
                .toList());
        for (EngineStep step : ENGINE) {
            List<MicroFigure> each = crowds.stream()
                    .flatMap(crowd -> find(step.step(), crowd).stream())
                    .map(figure -> step.ofAll() ? figure.forEachConnection() : figure)
                    .toList();
            if (!each.isEmpty() && each.size() == crowds.size()) {
                List<String> row = new ArrayList<>(List.of(step.words()));
                each.forEach(figure -> row.add(microseconds(figure)));
                row.add(step.heap() ? heap(each.get(each.size() - 1)) : "");
                rows.add(row);
            }
        }
        return rows;
    }

    private static String microseconds(MicroFigure figure) {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f–%.2f)",
                figure.nanoseconds() / MICROSECOND,
                figure.least() / MICROSECOND,
                figure.most() / MICROSECOND);
    }

    private static String heap(MicroFigure figure) {
        return String.format(Locale.ROOT, "%,.0f", figure.bytes());
    }

    String toTable() {
        return "\n" + TextTable.of(codecs()) + "\n" + TextTable.of(engine()) + "\n" + circumstances + "\n";
    }

    String toMarkdown() {
        return "## Single steps\n\n" + circumstances.toMarkdown()
                + """
                Measured by JMH with the collector and the compiler that the gateway runs with: the median, the least and the most of all
                iterations. Nothing here waits for the kernel. The least is the same from bytes whose places are known, without any
                check.

                """
                + MarkdownTable.of(codecs(), 1) + "\n" + MarkdownTable.of(engine(), 1);
    }
}
