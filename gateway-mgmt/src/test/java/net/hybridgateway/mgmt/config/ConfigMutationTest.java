package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged configurations are read or refused, in good time, and nothing else happens. */
class ConfigMutationTest {
    private static final Path FILE = Path.of("f");

    private static final String GOOD = """
            config gateway 'main'
                    list lan 'br-lan'
                    option idle_timeout "1h30m"
                    list exclude '2001:db8::/32'   # a comment
            config uplink fixed
                    option device wan\\0
                    option kind 'fixed'
                    option quota 1.5GB
                    list schedule 'sat-mon,wed 22:00-06:00'
                    option rate_up 640kbit
            config mqtt
                    list broker 'mqtts://[2001:db8::7]:8883'
                    option username u; option password "geh\\"eim"
            config web
                    list listen 192.168.1.1:8480
            config rule
                    option action direct; list dest_port 80-81
            config conversion_point
                    option address '::ffff:192.0.2.7'; option port 7000
            """;

    private static final String PIECES = "'\"\\#;\n\r\t \0\u00ff/:.%09afgx";

    @Test
    void survivesRandomDamage() {
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (long seed = 0; seed < 20_000; seed++) {
                readDamaged(seed);
            }
        });
    }

    @Test
    void staysFastWithTheWorstOfFiles() {
        int size = ConfigReader.MAX_FILE_BYTES - 100;
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (String piece : new String[] {"\\\n", "'\n", ";", "\"", "o x\n", "a.", ":", "config uplink\n", "1h"}) {
                String text = "config conversion_point\noption address " + piece.repeat(size / piece.length());
                readOrRefuse(text, "piece " + piece);
            }
            StringBuilder options = new StringBuilder("config uplink\n");
            for (int i = 0; options.length() < size; i++) {
                options.append("option devic").append(i).append(" 1\n");
            }
            readOrRefuse(options.toString(), "many options");
        });
    }

    private static void readDamaged(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(GOOD);
        for (int damages = 1 + random.nextInt(4); damages > 0; damages--) {
            int at = random.nextInt(text.length());
            char piece = PIECES.charAt(random.nextInt(PIECES.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, piece);
                case 1 -> text.insert(at, piece);
                case 2 -> text.replace(at, at + 1, " ");
                default -> text.setLength(at + 1);
            }
        }
        readOrRefuse(text.toString(), "seed " + seed);
    }

    private static void readOrRefuse(String text, String what) {
        assertDoesNotThrow(
                () -> {
                    try {
                        ConfigReader.parse(FILE, text);
                    } catch (ConfigException e) {
                        assertFalse(e.problems().isEmpty());
                    }
                },
                what);
    }
}
