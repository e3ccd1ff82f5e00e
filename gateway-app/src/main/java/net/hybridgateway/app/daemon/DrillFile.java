package net.hybridgateway.app.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.hybridgateway.mgmt.status.DrillStatus;
import org.tinylog.Logger;

/**
 * The last drills, over restarts, and the number that says by how much this home is later than others: in a
 * {@link LinesFile}, with a line for each, such as
 *
 * <pre>
 * seed 9f3c51d07a22be40
 * cellular 1764386400 worked 1412 95 180 A connection from fixed went on over it, and the conversion point answered.
 * </pre>
 *
 * <p>A figure that there is not is {@code -}. A file that cannot be used is overwritten with the next drill: nothing in it
 * is worth a complaint. Thread-safe.
 */
final class DrillFile {
    static final String NAME = "drill";

    /** Some weeks of a house with two backups. */
    static final int KEPT = 10;

    private static final Pattern SEED = Pattern.compile("seed ([0-9a-f]{16})");
    private static final Pattern LINE = Pattern.compile(
            "([^ ]{1,100}) ([0-9]{1,11}) (worked|failed|skipped) ([0-9]{1,17}) (-|[0-9]{1,9}) (-|[0-9]{1,9}) (.{0,1000})");

    private final LinesFile file;
    private final Executor files;
    private final Deque<DrillStatus> drills = new ArrayDeque<>();
    private long seed;

    private DrillFile(LinesFile file, Executor files, long seed) {
        this.file = file;
        this.files = files;
        this.seed = seed;
    }

    /**
     * Reads the file, if there is one.
     *
     * @param files writes
     * @param newSeed if there is none yet
     */
    static DrillFile open(Path folder, Executor files, long newSeed) {
        DrillFile opened = new DrillFile(new LinesFile(folder.resolve(NAME), "hybrid-gateway drill 1"), files, newSeed);
        try {
            opened.file.read().ifPresent(opened::take);
        } catch (IOException e) {
            Logger.warn("the last drills are forgotten: {}: {}", opened.file.path(), LinesFile.reason(e));
        }
        return opened;
    }

    private synchronized void take(List<String> lines) {
        for (String line : lines) {
            Matcher seedLine = SEED.matcher(line);
            if (seedLine.matches()) {
                seed = HexFormat.fromHexDigitsToLong(seedLine.group(1));
            } else {
                parse(line).ifPresent(drills::addLast);
            }
        }
        while (drills.size() > KEPT) {
            drills.removeFirst();
        }
    }

    private static Optional<DrillStatus> parse(String line) {
        Matcher words = LINE.matcher(line);
        if (!words.matches()) {
            return Optional.empty();
        }
        return Optional.of(new DrillStatus(
                words.group(1),
                Instant.ofEpochSecond(Long.parseLong(words.group(2))),
                0,
                DrillStatus.Result.valueOf(words.group(3).toUpperCase(Locale.ROOT)),
                Long.parseLong(words.group(4)),
                figure(words.group(5)),
                figure(words.group(6)),
                words.group(7)));
    }

    private static OptionalLong figure(String digits) {
        return digits.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }

    private static String format(DrillStatus drill) {
        return String.join(
                " ",
                drill.uplink(),
                String.valueOf(Math.max(0, drill.at().getEpochSecond())),
                drill.result().name().toLowerCase(Locale.ROOT),
                String.valueOf(drill.bytes()),
                format(drill.joinMillis()),
                format(drill.answerMillis()),
                drill.text().replace('\n', ' '));
    }

    private static String format(OptionalLong figure) {
        return figure.isPresent() ? String.valueOf(figure.getAsLong()) : "-";
    }

    /** Drawn once for each home, and kept from the first drill on. */
    synchronized long seed() {
        return seed;
    }

    /** The last drills, newest first. */
    synchronized List<DrillStatus> drills() {
        List<DrillStatus> newestFirst = new ArrayList<>();
        drills.descendingIterator().forEachRemaining(newestFirst::add);
        return newestFirst;
    }

    /** Keeps one more. */
    synchronized void add(DrillStatus drill) {
        drills.addLast(drill);
        if (drills.size() > KEPT) {
            drills.removeFirst();
        }
        List<String> lines = new ArrayList<>();
        lines.add("seed " + HexFormat.of().toHexDigits(seed));
        drills.forEach(kept -> lines.add(format(kept)));
        files.execute(() -> write(lines));
    }

    private void write(List<String> lines) {
        try {
            file.write(lines);
        } catch (IOException e) {
            Logger.warn("the last drills cannot be saved: {}", LinesFile.reason(e));
        }
    }
}
