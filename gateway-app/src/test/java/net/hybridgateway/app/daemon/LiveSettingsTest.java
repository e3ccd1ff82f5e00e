package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.mgmt.config.ConfigReader;
import net.hybridgateway.mgmt.config.GatewayConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a change takes effect at once, and who is led over to it. */
class LiveSettingsTest {
    private static final String TEXT = """
            config gateway 'main'
                list lan 'br-lan'
            config uplink 'fixed'
                option device 'wan0'
                option kind fixed
            config uplink 'cellular'
                option device 'wwan0'
                option kind cellular
            config conversion_point 'operator'
                option address '192.0.2.1'
            """;

    private static final GatewayConfig BEFORE = parse(TEXT);

    private final List<String> told = new ArrayList<>();
    private final LiveConfig live = new LiveConfig(BEFORE, told::add);

    private static GatewayConfig parse(String text) {
        return ConfigReader.parse(Path.of("f"), text);
    }

    private static String with(String section, String line) {
        return TEXT.replace("'" + section + "'\n", "'" + section + "'\n" + line + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "main | option transparent_port 9000 | gateway.transparent_port",
                "main | option mptcp_servers keep | gateway.mptcp_servers",
                "main | option state_dir /mnt | gateway.state_dir",
                "main | option time_zone UTC | gateway.time_zone",
                "operator | option cookie_file /mnt/c | conversion_point 'operator'.cookie_file",
            })
    void namesWhatWaitsForARestartAndLeavesItAsItWas(String section, String line, String restart) {
        LiveSettings settings = LiveSettings.between(BEFORE, parse(with(section, line)));
        assertEquals(List.of(restart), settings.restart());
        assertEquals(BEFORE, settings.config());
    }

    @Test
    void howConversionPointsAreLearntWaitsForARestart() {
        LiveSettings settings = LiveSettings.between(BEFORE, parse(TEXT + "config discovery\noption srv 1\n"));
        assertEquals(List.of("discovery"), settings.restart());
        assertEquals(BEFORE, settings.config());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "main | list lan guest",
                "main | option enabled 0",
                "main | option quic reject",
                "main | option mptcp_hosts pass",
                "main | list exclude 10.0.0.0/8",
                "main | option max_connections 7",
                "main | option hold_down 9s",
                "main | option drill daily",
                "cellular | option use standby",
                "cellular | option enabled 0",
                "cellular | option quota 1GB",
                "operator | option preference 1",
            })
    void everythingElseTakesEffectAtOnce(String section, String line) {
        GatewayConfig wanted = parse(with(section, line));
        LiveSettings settings = LiveSettings.between(BEFORE, wanted);
        assertEquals(List.of(), settings.restart());
        assertEquals(wanted, settings.config());
    }

    @Test
    void tellsTheOldPartsOfARestartAgainAndAgain() {
        GatewayConfig wanted = parse(with("main", "option transparent_port 9000"));
        assertEquals(List.of("gateway.transparent_port"), live.apply(wanted));
        assertEquals(List.of("gateway.transparent_port"), live.apply(wanted));
        assertEquals(List.of(), live.apply(BEFORE));
    }

    @Test
    void leadsAllPartsOverInTheirOrder() {
        List<String> followed = new ArrayList<>();
        live.onChange(now -> followed.add("first"));
        live.onChange(now -> followed.add("second"));
        live.apply(BEFORE);
        assertEquals(List.of(), followed, "nothing has changed");
        live.apply(parse(with("cellular", "option use standby")));
        assertEquals(List.of("first", "second"), followed);
    }

    @Test
    void leadsAllPartsBackIfOneRefuses() {
        List<GatewayConfig> followed = new ArrayList<>();
        GatewayConfig wanted = parse(with("cellular", "option use standby"));
        live.onChange(followed::add);
        live.onChange(now -> {
            if (now.equals(wanted)) {
                throw new IllegalStateException("the kernel refuses");
            }
        });
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> live.apply(wanted));
        assertEquals("the kernel refuses", refused.getMessage());
        assertEquals(List.of(wanted, BEFORE), followed);
        assertEquals(BEFORE, live.get());
    }
}
