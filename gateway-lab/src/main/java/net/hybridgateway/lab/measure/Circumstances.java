package net.hybridgateway.lab.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/**
 * What belongs to every figure: how, when and on what it was measured.
 *
 * @param command the command line
 * @param date the day, UTC
 * @param kernel its release, such as {@code 6.18.5}
 * @param machine processors and memory
 */
public record Circumstances(String command, LocalDate date, String kernel, String machine) {
    private static final double GIB = 1 << 20;

    /** Those of now and here, for a part of {@code ./dev bench} and what followed its name. */
    public static Circumstances ofPart(String part, List<String> arguments) throws IOException {
        return now(("sudo ./dev bench " + part + " " + String.join(" ", arguments)).strip());
    }

    /** Those of now and here. */
    public static Circumstances now(String command) throws IOException {
        String kernel =
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip().replaceFirst("[^0-9.].*", "");
        String processor = field(Path.of("/proc/cpuinfo"), "model name");
        double memory =
                Double.parseDouble(field(Path.of("/proc/meminfo"), "MemTotal").replace(" kB", ""));
        String machine =
                String.format("%d × %s, %.0f GiB", Runtime.getRuntime().availableProcessors(), processor, memory / GIB);
        return new Circumstances(command, LocalDate.now(ZoneOffset.UTC), kernel, machine);
    }

    private static String field(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        }
    }

    /** As a section of a page begins. */
    public String toMarkdown() {
        return "`" + command + "`, " + date + ", Linux " + kernel + ", " + machine + ".\n";
    }

    @Override
    public String toString() {
        return command + "; " + date + ", Linux " + kernel + ", " + machine;
    }
}
