package net.hybridgateway.app.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.hybridgateway.mgmt.config.AllowList;
import net.hybridgateway.mgmt.config.DiscoveryConfig;
import net.hybridgateway.mgmt.config.PointFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real folder into which files are moved as the hooks do it. */
@Timeout(60)
class LeaseWatchTest {
    private static final String GOOD = """
            hybrid-gateway lease 1
            event=held
            uptime=1.00
            lease=3600
            option=224:04c6336407
            end
            """;
    private static final String BAD = GOOD.replace("04c6336407", "04c63364");

    private record News(int leases, List<String> refused) {}

    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final AtomicLong bootMillis = new AtomicLong(2000);

    @TempDir
    private Path runDir;

    private LeaseWatch watch;

    private void start() {
        watch = new LeaseWatch(
                leases(),
                new LeaseReader(new DiscoveryConfig(
                        OptionalInt.of(224),
                        OptionalInt.empty(),
                        PointFormat.PCP_LIST,
                        false,
                        7000,
                        AllowList.EVERYTHING,
                        Optional.empty())),
                bootMillis::get,
                (held, refused) -> news.add(new News(held.size(), refused)));
        watch.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        watch.stop();
    }

    private Path leases() {
        return runDir.resolve("run/leases");
    }

    private void put(String name, String text) throws IOException {
        Files.createDirectories(leases());
        Path temporary = Files.writeString(leases().resolve("." + name + ".1"), text);
        Files.move(temporary, leases().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void seesWhatWasThereBeforeAndWhatComes() throws Exception {
        put("wan0.dhcpv4", GOOD);
        start();
        assertEquals(new News(1, List.of()), news.take());

        put("wwan0.dhcpv4", GOOD);
        assertEquals(new News(2, List.of()), news.take());
    }

    @Test
    void makesTheFolderForItsOwnerOnly() throws Exception {
        start();
        while (!Files.isDirectory(leases())) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertTrue(Files.getPosixFilePermissions(leases()).size() <= 3);

        put("wan0.dhcpv4", GOOD);
        assertEquals(new News(1, List.of()), news.take());
    }

    @Test
    void aRefusedFileTakesNothingAwayAndIsSaidOnce() throws Exception {
        put("wan0.dhcpv4", GOOD);
        start();
        assertEquals(new News(1, List.of()), news.take());

        put("wan0.dhcpv4", BAD);
        assertEquals(
                new News(1, List.of("wan0.dhcpv4: option 224, byte 0: a list of 4 bytes, and 3 are left")),
                news.take());
        put("wan0.dhcpv4", BAD);
        put("notes.txt", "anything");
        put("wan0.dhcpv4", GOOD.replace("07", "08"));
        assertEquals(new News(1, List.of()), news.take());
    }

    @Test
    void forgetsWhatIsOverWithoutBeingTold() throws Exception {
        put("wan0.dhcpv4", GOOD.replace("lease=3600", "lease=2"));
        start();
        assertEquals(new News(1, List.of()), news.take());

        bootMillis.set(3000);
        assertEquals(new News(0, List.of()), news.take());
    }

    @Test
    void seesTheFolderAgainAfterItWasRemoved() throws Exception {
        put("wan0.dhcpv4", GOOD);
        start();
        assertEquals(new News(1, List.of()), news.take());

        Files.delete(leases().resolve("wan0.dhcpv4"));
        Files.delete(leases());
        put("wwan0.dhcpv4", GOOD);
        assertEquals(new News(2, List.of()), news.take());
    }
}
