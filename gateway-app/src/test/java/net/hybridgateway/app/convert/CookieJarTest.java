package net.hybridgateway.app.convert;

import static net.hybridgateway.app.convert.Wire.address;
import static net.hybridgateway.app.convert.Wire.cookie;
import static net.hybridgateway.app.convert.Wire.endpoint;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.app.convert.CookieJarException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieJarTest {
    private static final InetSocketAddress CONVERTER = endpoint("203.0.113.1", 7000);
    private static final InetSocketAddress OTHER = endpoint("2001:db8::c", 7000);
    private static final InetAddress FIXED = address("192.0.2.10");
    private static final InetAddress CELLULAR = address("2001:db8:1::2");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("cookies");
    }

    private CookieJar reopened() {
        return CookieJar.open(file());
    }

    @Test
    void missingFileIsAnEmptyJar() {
        CookieJar jar = reopened();
        assertEquals(Optional.empty(), jar.problem());
        assertEquals(Optional.empty(), jar.cookie(CONVERTER, FIXED));
    }

    @Test
    void keepsACookiePerConverterAndAddress() throws IOException {
        CookieJar jar = reopened();
        jar.learn(CONVERTER, FIXED, cookie("01020304"));
        jar.learn(CONVERTER, CELLULAR, cookie("05060708"));
        jar.learn(OTHER, FIXED, cookie("090A0B0C"));
        jar.save();

        CookieJar read = reopened();
        assertEquals(Optional.empty(), read.problem());
        assertEquals(Optional.of(cookie("01020304")), read.cookie(CONVERTER, FIXED));
        assertEquals(Optional.of(cookie("05060708")), read.cookie(CONVERTER, CELLULAR));
        assertEquals(Optional.of(cookie("090A0B0C")), read.cookie(OTHER, FIXED));
        assertEquals(Optional.empty(), read.cookie(OTHER, CELLULAR));
    }

    @Test
    void fileIsForTheOwnerOnlyAndStandsAlone() throws IOException {
        CookieJar jar = reopened();
        jar.learn(CONVERTER, FIXED, cookie("01020304"));
        jar.save();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void fileFormatIsStable() throws IOException {
        CookieJar jar = reopened();
        jar.learn(CONVERTER, FIXED, cookie("01020304"));
        jar.learn(OTHER, CELLULAR, cookie("05060708"));
        jar.save();
        assertEquals("""
                convert-cookies 1
                cb007101 7000 c000020a 01020304
                20010db800000000000000000000000c 7000 20010db8000100000000000000000002 05060708
                end
                """, Files.readString(file()));
    }

    @Test
    void forgottenCookieIsGoneFromTheFile() throws IOException {
        CookieJar jar = reopened();
        jar.learn(CONVERTER, FIXED, cookie("01020304"));
        jar.save();
        jar.forget(CONVERTER, FIXED);
        jar.save();
        assertEquals(Optional.empty(), reopened().cookie(CONVERTER, FIXED));
    }

    @Test
    void writesOnlyWhatChanged() throws IOException {
        CookieJar jar = reopened();
        jar.save();
        assertFalse(Files.exists(file()));
        jar.learn(CONVERTER, FIXED, cookie("01020304"));
        jar.save();
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(file(), longAgo);
        jar.learn(CONVERTER, FIXED, cookie("01020304"));
        jar.forget(OTHER, FIXED);
        jar.save();
        assertEquals(longAgo, Files.getLastModifiedTime(file()));
    }

    @Test
    void oldestCookieMakesRoom() throws IOException {
        CookieJar jar = reopened();
        ConvertCookie longest = new ConvertCookie(ByteString.copyOf(new byte[ConvertCookie.MAX_BYTES]));
        for (int port = 1; port <= CookieJar.MAX_COOKIES + 1; port++) {
            jar.learn(endpoint("2001:db8::c", port), CELLULAR, longest);
        }
        jar.save();
        CookieJar read = reopened();
        assertEquals(Optional.empty(), read.problem());
        assertEquals(Optional.empty(), read.cookie(endpoint("2001:db8::c", 1), CELLULAR));
        assertEquals(Optional.of(longest), read.cookie(endpoint("2001:db8::c", CookieJar.MAX_COOKIES + 1), CELLULAR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "end\n",
                "convert-cookies 2\nend\n",
                "convert-cookies 1\ncb007101 7000 c000020a 01020304\n",
                "convert-cookies 1\ncb007101 7000 c000020a\nend\n",
                "convert-cookies 1\ncb0071 7000 c000020a 01020304\nend\n",
                "convert-cookies 1\ncb007101 70000 c000020a 01020304\nend\n",
                "convert-cookies 1\ncb007101 x c000020a 01020304\nend\n",
                "convert-cookies 1\ncb007101 7000 c000020a 0102030\nend\n",
                "convert-cookies 1\ncb007101 7000 c000020a \nend\n",
                "convert-cookies 1\n\u00e4\u0000\nend\n"
            })
    void corruptFileIsAnEmptyJarThatSaysSo(String content) throws IOException {
        Files.writeString(file(), content);
        CookieJar jar = reopened();
        assertEquals(Problem.CORRUPT, jar.problem().orElseThrow().problem());
        assertEquals(Optional.empty(), jar.cookie(CONVERTER, FIXED));

        jar.learn(CONVERTER, FIXED, cookie("01020304"));
        jar.save();
        assertEquals(Optional.of(cookie("01020304")), reopened().cookie(CONVERTER, FIXED));
    }

    @Test
    void hugeFileIsNotReadWhole() throws IOException {
        Files.write(file(), new byte[1_000_000]);
        assertEquals(Problem.CORRUPT, reopened().problem().orElseThrow().problem());
    }

    @Test
    void moreCookiesThanFitAreNotOurs() throws IOException {
        String lines = "cb007101 7000 c000020a 01020304\n".repeat(CookieJar.MAX_COOKIES + 1);
        Files.writeString(file(), "convert-cookies 1\n" + lines + "end\n");
        assertEquals(Problem.CORRUPT, reopened().problem().orElseThrow().problem());
    }

    @Test
    void corruptCookieIsNotQuoted() throws IOException {
        Files.writeString(file(), "convert-cookies 1\ncb007101 7000 c000020a c0ffeeX\nend\n");
        String message = reopened().problem().orElseThrow().getMessage();
        assertEquals("cookie file " + file() + ": CORRUPT: line 2", message);
    }

    @Test
    void unreadableFileSaysSo() throws IOException {
        Files.createDirectory(file());
        assertEquals(Problem.UNREADABLE, reopened().problem().orElseThrow().problem());
    }

    @Test
    void failedSaveIsTriedAgainAndLeavesNothingBehind() throws IOException {
        Path missing = folder.resolve("later");
        CookieJar jar = CookieJar.open(missing.resolve("cookies"));
        jar.learn(CONVERTER, FIXED, cookie("01020304"));
        CookieJarException e = assertThrows(CookieJarException.class, jar::save);
        assertEquals(Problem.UNWRITABLE, e.problem());
        Files.createDirectory(missing);
        jar.save();
        byte[] written = Files.readAllBytes(missing.resolve("cookies"));
        jar.save();
        assertArrayEquals(written, Files.readAllBytes(missing.resolve("cookies")));
    }

    @Test
    void unresolvedConverterIsRefused() {
        InetSocketAddress name = InetSocketAddress.createUnresolved("mcp.example.net", 7000);
        assertThrows(IllegalArgumentException.class, () -> reopened().cookie(name, FIXED));
    }
}
