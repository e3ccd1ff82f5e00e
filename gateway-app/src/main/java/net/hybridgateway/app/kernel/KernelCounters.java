package net.hybridgateway.app.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The kernel's counters of Multipath TCP and of Fast Open, since the machine or the network namespace began. */
public final class KernelCounters {
    private static final Path NETSTAT = Path.of("/proc/net/netstat");

    private KernelCounters() {}

    /** Those that are not 0, by the names of {@code nstat}; none where the kernel has no such file. */
    public static Map<String, Long> read() {
        try {
            return parse(Files.readAllLines(NETSTAT));
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** Lines come in pairs: "Group: name name", and "Group: number number". What has another form is left out. */
    static Map<String, Long> parse(List<String> lines) {
        Map<String, Long> counters = new TreeMap<>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            List<String> names = words(lines.get(i));
            List<String> numbers = words(lines.get(i + 1));
            if (!names.isEmpty()
                    && names.size() == numbers.size()
                    && names.get(0).equals(numbers.get(0))) {
                String group = names.get(0).replace(":", "");
                for (int column = 1; column < names.size(); column++) {
                    String name = group + names.get(column);
                    String number = numbers.get(column);
                    if ((group.equals("MPTcpExt") || name.contains("FastOpen")) && number.matches("[1-9][0-9]{0,17}")) {
                        counters.put(name, Long.parseLong(number));
                    }
                }
            }
        }
        return counters;
    }

    private static List<String> words(String line) {
        return new ArrayList<>(List.of(line.strip().split(" +", -1)));
    }
}
