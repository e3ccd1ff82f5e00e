package net.hybridgateway.mgmt.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The password: choosing it, logging in and out, changing it. */
class AccountTest {
    @TempDir
    private Path folder;

    @Test
    void servesNothingButTheChoiceOfAPasswordUntilThereIsOne() throws Exception {
        try (TestServer server = new TestServer(folder);
                Browser browser = server.open()) {
            assertTrue(browser.get("/").body().contains("/first.js"));
            assertEquals(200, browser.get("/first.js").status());
            assertEquals(401, browser.get("/gateway.js").status());
            assertEquals(401, browser.get("/api/session").status());
            assertEquals(401, browser.get("/api/live").status());
            assertEquals(
                    401,
                    browser.post("/api/command", "{\"command\":\"status\"}").status());
            assertEquals(409, browser.post("/api/login", "{\"password\":\"\"}").status());
            assertEquals(0, server.statusesAsked.get());
        }
    }

    @Test
    void letsWhoComesFirstChooseThePasswordAndNobodyElse() throws Exception {
        try (TestServer server = new TestServer(folder);
                Browser browser = server.open()) {
            Browser.Answer chosen = browser.post("/api/first", "{\"password\":\"correct horse battery\"}");

            assertEquals(200, chosen.status(), chosen.body());
            assertTrue(
                    chosen.headers()
                            .get("set-cookie")
                            .matches("hybrid_gateway=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict"),
                    chosen.headers().get("set-cookie"));
            assertTrue(browser.get("/").body().contains("/gateway.js"));
            assertEquals(
                    409,
                    browser.post("/api/first", "{\"password\":\"another long one\"}")
                            .status());
            Path file = folder.resolve("web-password");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertFalse(Files.readString(file).contains("horse"));
        }
        try (TestServer server = new TestServer(folder);
                Browser browser = server.loggedIn()) {
            assertEquals(200, browser.get("/api/session").status(), "after a restart");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "ninechars", "aaaaaaaaaaaa", "1234567890", "PasswordPassword"})
    void refusesPasswordsThatAnybodyWouldTry(String password) throws Exception {
        try (TestServer server = new TestServer(folder);
                Browser browser = server.open()) {
            Browser.Answer answer = browser.post("/api/first", "{\"password\":\"" + password + "\"}");

            assertEquals(422, answer.status());
            assertTrue(answer.json().getString("error").endsWith("."), answer.body());
            assertFalse(Files.exists(folder.resolve("web-password")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{\"password\":12}", "{\"password\":null}", "\"password\"", "{\"pass\":\"x\"}"})
    void refusesWhatIsNoPassword(String body) throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.open()) {
            assertEquals(400, browser.post("/api/login", body).status());
        }
    }

    @Test
    void letsOnlyTheRightPasswordIn() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.open()) {
            assertTrue(browser.get("/").body().contains("/login.js"));
            assertEquals(
                    401,
                    browser.post("/api/login", "{\"password\":\"something else\"}")
                            .status());
            assertEquals("", browser.cookie());
            assertEquals(200, login(browser).status());
            assertTrue(browser.get("/").body().contains("/gateway.js"));
        }
    }

    @Test
    void makesWhoGuessesWaitLongerAndLonger() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.open()) {
            long[] waits = new long[6];
            for (int attempt = 0; attempt < waits.length; attempt++) {
                Browser.Answer answer = browser.post("/api/login", "{\"password\":\"guess " + attempt + "\"}");
                assertEquals(401, answer.status(), answer.body());
                waits[attempt] = answer.json().getLong("waitSeconds");
                if (waits[attempt] > 0) {
                    Browser.Answer tooSoon = login(browser);
                    assertEquals(429, tooSoon.status(), "even with the right password");
                    assertEquals(
                            String.valueOf(waits[attempt]), tooSoon.headers().get("retry-after"));
                }
                server.pass(Duration.ofSeconds(waits[attempt]));
            }
            assertArrayEquals(new long[] {0, 0, 1, 2, 4, 8}, waits);
            assertEquals(200, login(browser).status());
        }
    }

    @Test
    void endsASessionThatIsNotUsed() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.loggedIn()) {
            server.pass(TestServer.SESSION.minusSeconds(1));
            assertEquals(200, askAnew(server, browser), "this is a use");
            server.pass(TestServer.SESSION.minusSeconds(1));
            assertEquals(200, askAnew(server, browser));
            server.pass(TestServer.SESSION);
            assertEquals(401, askAnew(server, browser));
            try (Browser again = browser.again(server.address())) {
                assertEquals(
                        401,
                        again.post("/api/command", "{\"command\":\"status\"}").status());
            }
        }
    }

    /** Over a new connection: one that stood idle for so long is ended as soon as the server looks. */
    private static int askAnew(TestServer server, Browser browser) throws Exception {
        try (Browser again = browser.again(server.address())) {
            return again.get("/api/session").status();
        }
    }

    @Test
    void endsTheSessionOfWhoLogsOut() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.loggedIn()) {
            String cookie = browser.cookie();
            Browser.Answer answer = browser.post("/api/logout", "{}");

            assertEquals(200, answer.status());
            assertTrue(answer.headers().get("set-cookie").contains("Max-Age=0"));
            browser.cookie(cookie);
            assertEquals(401, browser.get("/api/session").status());
        }
    }

    @Test
    void endsAllOtherSessionsWhenThePasswordChanges() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser here = server.loggedIn();
                Browser elsewhere = server.loggedIn()) {
            assertNotEquals(here.cookie(), elsewhere.cookie());
            assertEquals(401, change(here, "wrong", "another long password").status());
            assertEquals(422, change(here, TestServer.PASSWORD, "short").status());
            assertEquals(200, elsewhere.get("/api/session").status(), "nothing changed so far");

            assertEquals(
                    200,
                    change(here, TestServer.PASSWORD, "another long password").status());

            assertEquals(200, here.get("/api/session").status());
            assertEquals(401, elsewhere.get("/api/session").status());
            assertEquals(401, login(elsewhere).status(), "the old password");
            assertEquals(
                    200,
                    elsewhere
                            .post("/api/login", "{\"password\":\"another long password\"}")
                            .status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "pbkdf2-sha256:0:AAAA:BBBB"})
    void letsNobodyInIfTheFileIsBroken(String content) throws Exception {
        Files.writeString(folder.resolve("web-password"), content);
        try (TestServer server = new TestServer(folder);
                Browser browser = server.open()) {
            assertEquals(
                    409,
                    browser.post("/api/first", "{\"password\":\"correct horse battery\"}")
                            .status());
            Browser.Answer answer = login(browser);
            assertEquals(503, answer.status());
            assertTrue(answer.json().getString("error").contains("web-password"), answer.body());
            assertEquals(1, server.server().problems().size());
            assertEquals(content, Files.readString(folder.resolve("web-password")));
        }
    }

    private static Browser.Answer login(Browser browser) throws IOException {
        return browser.post("/api/login", "{\"password\":\"" + TestServer.PASSWORD + "\"}");
    }

    private static Browser.Answer change(Browser browser, String current, String chosen) throws IOException {
        return browser.post("/api/password", "{\"current\":\"" + current + "\",\"password\":\"" + chosen + "\"}");
    }
}
