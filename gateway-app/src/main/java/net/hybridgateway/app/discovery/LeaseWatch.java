package net.hybridgateway.app.discovery;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.tinylog.Logger;

/**
 * Watches the folder into which the hooks put leases, on a thread of its own, and tells what holds.
 *
 * <p>The kernel tells of each file; a look at all of them every half minute makes good what it did not tell.
 */
public final class LeaseWatch {
    private static final long LOOK_MILLIS = TimeUnit.SECONDS.toMillis(30);

    /** Where the kernel tells nothing. */
    private static final long LOOK_UNTOLD_MILLIS = TimeUnit.SECONDS.toMillis(1);

    /** Two for each uplink would do. */
    private static final int MOST_FILES = 64;

    private final Path folder;
    private final LeaseReader reader;
    private final LongSupplier bootMillis;
    private final BiConsumer<List<Lease>, List<String>> listener;
    private final Thread thread = new Thread(this::keepWatching, "leases");
    private final LeaseBook book = new LeaseBook();
    /** What was read last, so that it is not read, and refused, again and again. */
    private final Map<LeaseKey, byte[]> contents = new HashMap<>();

    /**
     * Watches from {@link #start} on.
     *
     * @param folder is made if there is none
     * @param bootMillis the time since the machine's boot, which the hooks write, too
     * @param listener hears on this thread what holds, and why what was refused was, whenever one of these changes
     */
    public LeaseWatch(
            Path folder, LeaseReader reader, LongSupplier bootMillis, BiConsumer<List<Lease>, List<String>> listener) {
        this.folder = folder;
        this.reader = reader;
        this.bootMillis = bootMillis;
        this.listener = listener;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** After this, the listener is not called. */
    public void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(2));
    }

    private void keepWatching() {
        try (WatchService service = folder.getFileSystem().newWatchService()) {
            Optional<WatchKey> key = Optional.empty();
            while (!Thread.currentThread().isInterrupted()) {
                if (key.isEmpty()) {
                    key = register(service);
                }
                look();
                WatchKey told = service.poll(pauseMillis(key.isPresent()), TimeUnit.MILLISECONDS);
                if (told != null) {
                    // Which files, the look will show.
                    told.pollEvents();
                    key = told.reset() ? Optional.of(told) : Optional.empty();
                }
            }
        } catch (IOException e) {
            Logger.error("cannot watch {}: {}; nothing is learnt by DHCP", folder, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty if the folder cannot be watched now; then it is looked at more often. */
    private Optional<WatchKey> register(WatchService service) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return Optional.of(folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE));
        } catch (IOException e) {
            Logger.debug("{} cannot be watched now: {}", folder, e.getMessage());
            return Optional.empty();
        }
    }

    private long pauseMillis(boolean told) {
        long untilExpiry = book.nextExpiryMillis().orElse(Long.MAX_VALUE) - bootMillis.getAsLong();
        return Math.max(1, Math.min(told ? LOOK_MILLIS : LOOK_UNTOLD_MILLIS, untilExpiry));
    }

    private void look() {
        boolean changed = book.expire(bootMillis.getAsLong());
        int files = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path file : entries) {
                Optional<LeaseKey> key = LeaseKey.ofFileName(String.valueOf(file.getFileName()));
                if (key.isPresent() && ++files <= MOST_FILES) {
                    changed |= look(key.get(), file);
                }
            }
        } catch (IOException e) {
            Logger.debug("{} cannot be listed now: {}", folder, e.getMessage());
        }
        if (changed) {
            listener.accept(book.held(), book.refused());
        }
    }

    private boolean look(LeaseKey key, Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LeaseLines.MOST_BYTES + 1);
            if (Arrays.equals(content, contents.put(key, content))) {
                return false;
            }
            long now = bootMillis.getAsLong();
            LeaseReading reading = reader.read(key, content, now);
            if (reading instanceof LeaseReading.Refused refused) {
                Logger.warn("lease refused: {}", refused.reason());
            }
            return book.take(key, reading, now);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            Logger.warn("cannot read {}: {}", file, e.getMessage());
            return false;
        }
    }
}
