package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.Distribution;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon that is told to stop before it is ready. */
class StopWhileStartingIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SOCKET = "control.sock";

    private static House house;

    @TempDir
    private Path folder;

    @BeforeAll
    static void build() {
        house = Lan.build(HousePlan.plain());
    }

    @AfterAll
    static void remove() {
        if (house != null) {
            house.close();
        }
    }

    /** Stopped as soon as a file is there that it writes on its way. */
    @ParameterizedTest
    @ValueSource(strings = {"lock", "sysctl.saved", SOCKET})
    void leavesNothingBehind(String sign) throws IOException {
        KernelTraces untouched = KernelTraces.of(house.gateway());
        Path config = Files.writeString(
                folder.resolve("gateway.conf"), Gateway.withStateIn(folder, Gateway.configuration("on-demand")));
        try (LabProcess daemon = house.gateway()
                .start(
                        "daemon",
                        Distribution.program(),
                        "run",
                        "--config",
                        config.toString(),
                        "--run-dir",
                        folder.toString())) {
            assertTrue(Pause.until(SOON, () -> Files.exists(folder.resolve(sign))), daemon::output);
            ProcessHandle.of(daemon.pid()).orElseThrow().destroy();
            daemon.awaitExit(SOON);
        }
        assertEquals(untouched, KernelTraces.of(house.gateway()));
        assertFalse(Files.exists(folder.resolve(SOCKET)));
    }
}
