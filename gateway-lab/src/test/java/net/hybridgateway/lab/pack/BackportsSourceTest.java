package net.hybridgateway.lab.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackportsSourceTest {
    @Test
    void followsALineToTheSameMirror() {
        assertEquals(
                Optional.of("deb http://mirror.example/debian bookworm-backports main\n"),
                BackportsSource.of("# ours\ndeb http://mirror.example/debian bookworm main\n", "bookworm"));
    }

    @Test
    void followsAParagraphAndKeepsItsOtherFields() {
        assertEquals(Optional.of("""
                        Types: deb
                        URIs: http://mirror.example/debian
                        Suites: bookworm-backports
                        Components: main
                        """), BackportsSource.of("""
                        Types: deb
                        URIs: http://mirror.example/security
                        Suites: bookworm-security

                        Types: deb
                        URIs: http://mirror.example/debian
                        Suites: bookworm bookworm-updates
                        Components: main
                        """, "bookworm"));
    }

    @Test
    void findsNoneWhereTheReleaseIsNotNamed() {
        assertEquals(
                Optional.empty(),
                BackportsSource.of("deb http://mirror.example/debian bookworm-security main\n", "bookworm"));
    }
}
