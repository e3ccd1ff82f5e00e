package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Counters;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.Gateway;

/** One break of the fixed line and its return, under four transfers and a fifth that begins while the line is broken. */
final class BreakScenario {
    private static final String ON_DEMAND = "on-demand";
    private static final int FIRST_PORT = 9100;
    private static final int NEWCOMER_PORT = 9200;
    private static final long PROGRESS_BYTES = 150_000;
    /** More than what may be left in the queues of a line. */
    private static final long MUCH = 400_000;
    /** Keeping a backup subflow costs an acknowledgement now and then. */
    private static final long LITTLE = 20_000;

    // How long each takes is told, and measured by a benchmark; a busy machine may take long.
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration HOLD_DOWN_AND_MORE = Duration.ofSeconds(60);
    private static final Duration QUIET_TIME_AND_MORE = Duration.ofSeconds(90);
    private static final Duration A_WHILE = Duration.ofMillis(1500);

    private final House house;
    private final String use;
    private final Breakage breakage;
    private final List<Transfer> transfers = new ArrayList<>();
    private final StringBuilder told = new StringBuilder();

    BreakScenario(House house, String use, Breakage breakage) {
        this.house = house;
        this.use = use;
        this.breakage = breakage;
    }

    /** Plays it; gives the figures in one line. */
    String play() throws IOException {
        told.append("cellular ")
                .append(use)
                .append(", loss of ")
                .append(breakage)
                .append(':');
        try (Gateway gateway = Gateway.start(house, Gateway.configuration(use))) {
            Counters cellularAtFirst = counters(Access.CELLULAR);
            startTransfers();
            awaitProgress("before the break", SOON);
            if (use.equals(ON_DEMAND)) {
                assertEquals(0, counters(Access.CELLULAR).since(cellularAtFirst).bytes(), "cellular before the break");
            }
            long foreignBefore = house.foreignSources(Access.CELLULAR);

            breakLine(gateway);
            assertEquals(foreignBefore, house.foreignSources(Access.CELLULAR), "foreign packets during the break");
            bringLineBack(gateway);

            long start = System.nanoTime();
            transfers.forEach(Transfer::finish);
            tell("rest of all in %.1f s", start);
            assertEquals(foreignBefore, house.foreignSources(Access.CELLULAR), "foreign packets in the end");
            assertBreakWasNoted(gateway);
            return told.toString();
        } finally {
            for (Transfer transfer : transfers) {
                transfer.close();
            }
        }
    }

    private void startTransfers() throws IOException {
        int port = FIRST_PORT;
        for (Transfer.Way way : Transfer.Way.values()) {
            for (String server : List.of(House.webIpv4(), House.webIpv6())) {
                transfers.add(Transfer.start(house, way, server, port++));
            }
        }
    }

    private void breakLine(Gateway gateway) throws IOException {
        Counters cellularBefore = counters(Access.CELLULAR);
        breakage.happen(house);
        long start = System.nanoTime();
        transfers.add(Transfer.start(house, Transfer.Way.DOWN, House.webIpv4(), NEWCOMER_PORT));
        tell("first byte of a new connection after %.2f s", start);
        awaitProgress("during the break", SOON);
        tell("all go on after %.2f s", start);
        await("the new connection on cellular alone", SOON, () -> uplinksOfNewcomer(gateway)
                .equals(List.of("cellular")));
        assertTrue(counters(Access.CELLULAR).since(cellularBefore).bytesIn() > PROGRESS_BYTES, "bytes on cellular");
    }

    private void bringLineBack(Gateway gateway) {
        Counters fixedBefore = counters(Access.FIXED);
        breakage.end(house);
        long start = System.nanoTime();
        await(
                "traffic on the fixed line again",
                HOLD_DOWN_AND_MORE,
                () -> counters(Access.FIXED).since(fixedBefore).bytes() > MUCH);
        tell("fixed line in use %.1f s after its return", start);
        await("what began on cellular to use the fixed line", SOON, () -> uplinksOfNewcomer(gateway)
                .contains("fixed"));
        if (use.equals("always")) {
            Counters cellular = counters(Access.CELLULAR);
            await(
                    "both lines to be used",
                    SOON,
                    () -> counters(Access.CELLULAR).since(cellular).bytes() > MUCH);
        } else {
            if (use.equals(ON_DEMAND)) {
                await(
                        "closed subflows on cellular",
                        QUIET_TIME_AND_MORE,
                        () -> GatewayStatus.of(gateway).uplink("cellular").getInt("subflows") == 0);
            } else {
                // What began on cellular is told to be backup by MP_PRIO, which the kernel sends once: on a full line
                // it
                // may be lost, and then that connection goes on to use both.
                Transfer newcomer = transfers.remove(transfers.size() - 1);
                newcomer.finish();
            }
            long allowed = use.equals(ON_DEMAND) ? 0 : LITTLE;
            await("silence on cellular", SOON, () -> cellularBytesInAWhile() <= allowed);
            tell("cellular silent after %.1f s", start);
        }
        awaitProgress("after the return", SOON);
    }

    private long cellularBytesInAWhile() {
        Counters before = counters(Access.CELLULAR);
        Pause.of(A_WHILE);
        return counters(Access.CELLULAR).since(before).bytes();
    }

    private void assertBreakWasNoted(Gateway gateway) {
        List<JsonObject> breaks = GatewayStatus.of(gateway).breaks();
        assertEquals(1, breaks.size(), breaks::toString);
        JsonObject noted = breaks.get(0);
        assertEquals("fixed", noted.getString("uplink"));
        assertTrue(noted.getInt("kept") >= 1, noted::toString);
        assertEquals(0, noted.getInt("lost"), noted::toString);
        assertTrue(noted.getLong("bytesOnBackup") > PROGRESS_BYTES, noted::toString);
        told.append(' ').append(noted);
    }

    private List<String> uplinksOfNewcomer(Gateway gateway) {
        return GatewayStatus.connections(gateway).stream()
                .filter(connection -> connection.getString("destination").endsWith(":" + NEWCOMER_PORT))
                .flatMap(connection -> GatewayStatus.uplinksOf(connection).stream())
                .sorted()
                .collect(Collectors.toList());
    }

    private Counters counters(Access access) {
        return house.gateway().counters(access.device());
    }

    private void awaitProgress(String when, Duration timeout) {
        List<Long> before = transfers.stream().map(Transfer::received).collect(Collectors.toList());
        await("progress " + when, timeout, () -> {
            for (int i = 0; i < before.size(); i++) {
                if (transfers.get(i).received() - before.get(i) < PROGRESS_BYTES) {
                    return false;
                }
            }
            return true;
        });
    }

    private void await(String what, Duration timeout, BooleanSupplier condition) {
        assertTrue(
                Pause.until(timeout, condition),
                () -> "no " + what + " in " + timeout.toSeconds() + " s:" + told + " "
                        + transfers.stream()
                                .map(transfer -> transfer + ": " + transfer.received())
                                .collect(Collectors.joining("; ")));
    }

    private void tell(String format, long startNanos) {
        told.append(String.format(Locale.ROOT, " " + format + ";", (System.nanoTime() - startNanos) / 1e9));
    }
}
