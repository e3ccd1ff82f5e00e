package net.hybridgateway.app.discovery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a name server answered.
 *
 * @param code RFC 1035 §4.1.1: 0 to 15
 * @param truncated whether there is more than fits into the datagram
 * @param answers the records of the answer section that are of a kind that matters
 */
record DnsReply(int code, boolean truncated, List<DnsRecord> answers) {
    static final int NO_ERROR = 0;
    static final int NO_SUCH_NAME = 3;

    private static final int MOST_ALIASES = 8;

    DnsReply {
        answers = List.copyOf(answers);
    }

    /** The addresses to which the name leads, by aliases if need be. */
    List<DnsRecord> addressesOf(String name) {
        List<DnsRecord> found = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(List.of(name));
        List<DnsRecord> way = new ArrayList<>();
        String current = name;
        for (int aliases = 0; aliases <= MOST_ALIASES; aliases++) {
            String owner = current;
            List<DnsRecord> here = answers.stream()
                    .filter(record -> record instanceof DnsRecord.Address
                            && record.owner().equals(owner))
                    .toList();
            if (!here.isEmpty()) {
                found.addAll(here);
                found.addAll(way);
                return found;
            }
            List<DnsRecord.Alias> next = answers.stream()
                    .filter(record -> record.owner().equals(owner))
                    .filter(DnsRecord.Alias.class::isInstance)
                    .map(DnsRecord.Alias.class::cast)
                    .toList();
            if (next.isEmpty() || !names.add(next.get(0).target())) {
                return List.of();
            }
            way.add(next.get(0));
            current = next.get(0).target();
        }
        return List.of();
    }
}
