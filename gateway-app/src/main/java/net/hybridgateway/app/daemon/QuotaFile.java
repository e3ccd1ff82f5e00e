package net.hybridgateway.app.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tinylog.Logger;

/**
 * The {@link LinesFile} in which the quotas' counts outlive a restart, with a line for each uplink: its name and a
 * {@link QuotaRecord}. A file that cannot be used is kept aside as {@value #ASIDE}. Thread-safe.
 */
final class QuotaFile {
    static final String NAME = "quota";
    static final String ASIDE = "quota.bad";

    private static final String FIRST_LINE = "hybrid-gateway quota 1";

    private final LinesFile file;
    private final Map<String, QuotaRecord> saved = new LinkedHashMap<>();
    private Optional<String> lost = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private boolean inTheWay;

    private QuotaFile(Path folder) {
        this.file = new LinesFile(folder.resolve(NAME), FIRST_LINE);
    }

    /** Reads the file, if there is one. What is wrong with it, {@link #lost} says. */
    static QuotaFile open(Path folder) {
        QuotaFile opened = new QuotaFile(folder);
        opened.read();
        return opened;
    }

    private void read() {
        try {
            saved.putAll(parse(file.read().orElse(List.of())));
        } catch (IOException e) {
            putAside(LinesFile.reason(e));
        }
    }

    private static Map<String, QuotaRecord> parse(List<String> lines) throws IOException {
        Map<String, QuotaRecord> records = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            int blank = lines.get(i).indexOf(' ');
            Optional<QuotaRecord> record = QuotaRecord.parse(lines.get(i).substring(blank + 1));
            if (blank < 1 || record.isEmpty()) {
                throw new IOException("line " + (i + 2) + " has another form");
            }
            records.put(lines.get(i).substring(0, blank), record.get());
        }
        return records;
    }

    private void putAside(String why) {
        Path aside = file.path().resolveSibling(ASIDE);
        String kept;
        try {
            Files.move(file.path(), aside, StandardCopyOption.REPLACE_EXISTING);
            kept = "; it is kept as " + aside;
        } catch (IOException e) {
            inTheWay = true;
            kept = "; it cannot be put aside (" + LinesFile.reason(e) + "), so nothing is saved";
        }
        lost = Optional.of(
                "what was counted for the quotas before is lost: " + file.path() + " cannot be used: " + why + kept);
    }

    /** What the file holds, by uplink. */
    synchronized Map<String, QuotaRecord> saved() {
        return Map.copyOf(saved);
    }

    /** Why the counts of earlier runs are lost; empty if they are not. */
    synchronized Optional<String> lost() {
        return lost;
    }

    /** Why the last attempt to save failed; empty if it did not. */
    synchronized Optional<String> failure() {
        return failure;
    }

    /** Writes the file, if it holds something else. A failure is logged, and {@link #failure} until it is over. */
    synchronized void save(Map<String, QuotaRecord> records) {
        if (inTheWay || records.equals(saved)) {
            return;
        }
        try {
            file.write(format(records));
            saved.clear();
            saved.putAll(records);
            failure = Optional.empty();
        } catch (IOException e) {
            failure = Optional.of("the counts of the quotas cannot be saved: " + LinesFile.reason(e));
            Logger.warn("{}", failure.get());
        }
    }

    private static List<String> format(Map<String, QuotaRecord> records) {
        return new TreeMap<>(records)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().format())
                        .toList();
    }
}
