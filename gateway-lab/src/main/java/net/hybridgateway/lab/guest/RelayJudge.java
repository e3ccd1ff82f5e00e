package net.hybridgateway.lab.guest;

import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.measure.Figure;

/** What one life of the product on the machine must have given, from what the machine reported of it. Pure. */
final class RelayJudge {
    /** Resident memory while idle, with page and MQTT, in kB. */
    static final int MOST_IDLE = 56_000;

    /** The part of it that the kernel cannot drop, in kB. */
    static final int MOST_ANONYMOUS = 25_000;

    /** Resident memory with {@link #CROWD} connections, in kB. */
    static final int MOST_CROWD = 80_000;

    /** How many connections are relayed at the same time. */
    static final int CROWD = 500;

    /** The fixed line has two thirds of the rate: of 6 MB, it would bring 4. */
    private static final long LEAST_OF_FIXED = 1_000_000;

    private static final long LEAST_OF_CELLULAR = 500_000;
    private static final List<String> DOWNLOADS = List.of("both", "broken", "returned");

    private final GuestReport report;
    private final List<Figure> figures = new ArrayList<>();

    private RelayJudge(GuestReport report) {
        this.report = report;
    }

    /**
     * The figures of the course {@code relay}, those with bounds first.
     *
     * @param known SHA-256 of the file that was downloaded, in hexadecimal
     * @param boundedMemory whether the memory has to keep to its bounds, or is only told
     */
    static List<Figure> judge(GuestReport report, String known, boolean boundedMemory) {
        RelayJudge judge = new RelayJudge(report);
        judge.downloads(known);
        judge.memory(boundedMemory);
        judge.end();
        judge.tell("boot to the first program", "boot-millis");
        judge.tell("start to the first intercepted connection", "start-millis");
        judge.tell("stop", "stop-millis");
        return List.copyOf(judge.figures);
    }

    private void downloads(String known) {
        int right = (int) DOWNLOADS.stream()
                .filter(name -> report.text("download-" + name).startsWith(known + " "))
                .count();
        figures.add(Figure.atLeast("downloads with the right SHA-256", right, "", DOWNLOADS.size()));
        figures.add(Figure.atLeast("subflows of the first", (double) report.number("established"), "", 2));
        for (String name : List.of("both", "returned")) {
            List<Long> carried = report.numbers("carried-" + name, 2);
            figures.add(
                    Figure.atLeast(name + ": over the fixed line", carried.get(0) / 1e6, "MB", LEAST_OF_FIXED / 1e6));
            figures.add(Figure.atLeast(
                    name + ": over the cellular line", carried.get(1) / 1e6, "MB", LEAST_OF_CELLULAR / 1e6));
        }
        List<Long> before = report.numbers("carried-before-the-cut", 2);
        List<Long> after = report.numbers("carried-broken", 2);
        figures.add(Figure.told("broken: over the fixed line before its cut", before.get(0) / 1e6, "MB"));
        figures.add(Figure.atLeast(
                "broken: over the cellular line after it", after.get(1) / 1e6, "MB", LEAST_OF_CELLULAR / 1e6));
        figures.add(Figure.atLeast(
                "after the cut, the mode is backup", report.text("mode").equals("backup") ? 1 : 0, "", 1));
        for (String name : DOWNLOADS) {
            String value = report.text("download-" + name);
            double millis = Double.parseDouble(value.substring(value.lastIndexOf(' ') + 1));
            figures.add(Figure.told(name + ": 6 MB took", millis / 1000, "s"));
        }
    }

    private void memory(boolean bounded) {
        figures.add(Figure.atLeast("the page answers", report.text("page").startsWith("HTTP/1.1 200") ? 1 : 0, "", 1));
        figures.add(Figure.atLeast("connections to the broker", (double) report.number("broker"), "", 1));
        List<Long> idle = report.numbers("memory-idle", 2);
        kilobytes("idle: resident memory", idle.get(0), MOST_IDLE, bounded);
        kilobytes("idle: anonymous memory", idle.get(1), MOST_ANONYMOUS, bounded);
        figures.add(Figure.atLeast(
                "connections at the same time, each answered", (double) report.number("crowd"), "", CROWD));
        figures.add(Figure.atLeast("of them relayed over Multipath TCP", (double) report.number("relayed"), "", CROWD));
        List<Long> crowd = report.numbers("memory-crowd", 2);
        kilobytes("with them: resident memory", crowd.get(0), MOST_CROWD, bounded);
        figures.add(Figure.told("with them: anonymous memory", crowd.get(1) / 1e3, "MB"));
        figures.add(Figure.told("the machine's available memory before", report.number("available") / 1e3, "MB"));
        figures.add(
                Figure.told("the machine's available memory with them", report.number("available-crowd") / 1e3, "MB"));
    }

    private void kilobytes(String name, long measured, int most, boolean bounded) {
        figures.add(
                bounded
                        ? Figure.atMost(name, measured / 1e3, "MB", most / 1e3)
                        : Figure.told(name, measured / 1e3, "MB"));
    }

    private void end() {
        figures.add(Figure.atMost("starts of the daemon", (double) report.number("starts"), "", 1));
        figures.add(Figure.atMost("processes left", (double) report.number("processes"), "", 0));
        figures.add(Figure.atMost(
                "rules, routes, tables, endpoints, sysctls left or changed",
                report.all("left").size(),
                "",
                0));
        figures.add(Figure.atMost("errors in its log", (double) report.number("daemon-errors"), "", 0));
    }

    private void tell(String name, String word) {
        figures.add(Figure.told(name, report.number(word) / 1e3, "s"));
    }
}
