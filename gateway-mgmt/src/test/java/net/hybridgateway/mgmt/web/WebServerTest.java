package net.hybridgateway.mgmt.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.hybridgateway.mgmt.config.WebConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does with good requests, bad ones, slow ones and too many. */
class WebServerTest {
    private static final String STATUS = "{\"command\":\"status\"}";

    @TempDir
    private Path folder;

    @Test
    void forwardsCommandsToTheOneTable() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.loggedIn()) {
            Browser.Answer good = browser.post("/api/command", STATUS);
            assertEquals(200, good.status());
            assertEquals("normal", good.json().getObject("result").getString("mode"));

            assertEquals(
                    "no, and here is why",
                    browser.post("/api/command", "{\"command\":\"refuse\"}")
                            .json()
                            .getString("error"));
            Browser.Answer malformed = browser.post("/api/command", "{\"command\":");
            assertFalse(malformed.json().getBoolean("ok"));
            assertTrue(malformed.json().getString("error").contains("one JSON object"), malformed.body());
        }
    }

    // ---- other pages in the browser ---------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                    | token | application/json           | 403 | Origin",
                "http://evil.example  | token | application/json           | 403 | Origin",
                "null                 | token | application/json           | 403 | Origin",
                "https://SELF         | token | application/json           | 403 | Origin",
                "http://SELF          | -     | application/json           | 403 | X-Hybrid-Gateway",
                "http://SELF          | 1     | application/json           | 403 | X-Hybrid-Gateway",
                "http://SELF          | token | text/plain                 | 415 | application/json",
                "http://SELF          | token | -                          | 415 | application/json",
                "http://SELF          | token | application/json           | 200 | ok",
                "http://SELF          | token | Application/JSON; charset=utf-8 | 200 | ok"
            })
    void takesChangesFromItsOwnPageOnly(String origin, String token, String type, int status, String word)
            throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.loggedIn()) {
            List<String> headers = new ArrayList<>();
            if (origin != null) {
                headers.add("Origin: " + origin.replace("SELF", browser.host()));
            }
            if (token != null) {
                headers.add("X-Hybrid-Gateway: " + token.replace("token", browser.token()));
            }
            if (type != null) {
                headers.add("Content-Type: " + type);
            }

            Browser.Answer answer = browser.post("/api/command", STATUS, headers.toArray(String[]::new));

            assertEquals(status, answer.status(), answer.body());
            assertTrue(answer.body().contains(word), answer.body());
            assertEquals(status == 200 ? 1 : 0, server.statusesAsked.get());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:PORT",
                "127.0.0.1.evil.example:PORT",
                "192.168.1.1:PORT",
                "[::2]:PORT",
                "gateway.local",
                "gateway.local:1",
                "a b:PORT",
                ":PORT",
                "router.com:PORT",
                "127.0.0.1@evil.example:PORT"
            })
    void isNotReachedUnderForeignNames(String host) throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.open()) {
            int port = server.address().getPort();
            browser.send("GET / HTTP/1.1\r\nHost: " + host.replace("PORT", port + "") + "\r\n\r\n");
            Browser.Answer answer = browser.answer();

            assertEquals(421, answer.status(), answer.body());
            assertTrue(answer.body().contains(":" + port), "says where: " + answer.body());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:PORT",
                "localhost:PORT",
                "localhost:9000",
                "gateway:PORT",
                "hg.lan:PORT",
                "a.home.arpa:PORT"
            })
    void isReachedUnderItsOwnNames(String host) throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.open()) {
            browser.send("GET / HTTP/1.1\r\nHost: "
                    + host.replace("PORT", server.address().getPort() + "") + "\r\n\r\n");
            assertEquals(200, browser.answer().status());
        }
    }

    @Test
    void refusesToBeReadByOtherSites() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.loggedIn()) {
            assertEquals(
                    403,
                    browser.get("/api/session", "Sec-Fetch-Site: cross-site").status());
            assertEquals(200, browser.get("/", "Sec-Fetch-Site: cross-site").status(), "a link to it is fine");
            assertEquals(
                    200,
                    browser.get("/api/session", "Sec-Fetch-Site: same-origin").status());
        }
    }

    // ---- bad input --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /nothing HTTP/1.1                    | 404",
                "GET /../../etc/passwd HTTP/1.1           | 404",
                "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1   | 404",
                "GET /page/gateway.js HTTP/1.1            | 404",
                "GET /gateway.js/ HTTP/1.1                | 404",
                "GET //gateway.js HTTP/1.1                | 404",
                "GET /GATEWAY.JS HTTP/1.1                 | 404",
                "GET /gateway.js?v=1 HTTP/1.1             | 200",
                "GET http://evil.example/ HTTP/1.1        | 400",
                "GET gateway.js HTTP/1.1                  | 400",
                "PUT / HTTP/1.1                           | 403",
                "DELETE /api/session HTTP/1.1             | 403",
                "TRACE / HTTP/1.1                         | 403",
                "GET /api/login HTTP/1.1                  | 405",
                "GET /api/nothing HTTP/1.1                | 405",
                "HEAD /api/live HTTP/1.1                  | 405",
                "GET /metrics HTTP/1.1                    | 404"
            })
    void answersOddRequests(String line, int status) throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.loggedIn()) {
            browser.send(line + "\r\nHost: " + browser.host() + "\r\nCookie: " + browser.cookie() + "\r\n\r\n");
            String first = browser.line();
            assertEquals(status, Integer.parseInt(first.split(" ", 3)[1]), first);
            Map<String, String> headers = browser.headers();
            assertEquals(SecurityHeaders.POLICY, headers.get("content-security-policy"));
            assertEquals("nosniff", headers.get("x-content-type-options"));
            assertEquals("no-referrer", headers.get("referrer-policy"));
        }
    }

    @Test
    void refusesMethodsThatItDoesNotKnowAlsoFromItsOwnPage() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.loggedIn()) {
            browser.send("PUT /api/command HTTP/1.1\r\nHost: " + browser.host() + "\r\nOrigin: " + browser.origin()
                    + "\r\nX-Hybrid-Gateway: " + browser.token()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
            Browser.Answer answer = browser.answer();
            assertEquals(405, answer.status());
            assertEquals("GET, HEAD, POST", answer.headers().get("allow"));
            assertEquals(405, browser.post("/gateway.js", "{}").status());
            assertEquals(404, browser.post("/api/nothing", "{}").status());
        }
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        try (TestServer server = TestServer.withPassword(folder)) {
            String host = "\r\nHost: x\r\n\r\n";
            assertEquals(414, raw(server, "GET /" + "a".repeat(3000) + " HTTP/1.1" + host));
            assertEquals(431, raw(server, "GET / HTTP/1.1\r\nX: " + "a".repeat(9000) + host));
            assertEquals(431, raw(server, "GET / HTTP/1.1\r\n" + "X: 1\r\n".repeat(3000) + "\r\n"));
            assertEquals(413, raw(server, "POST /api/login HTTP/1.1\r\nContent-Length: 100000000000" + host));
            assertEquals(
                    413,
                    raw(
                            server,
                            "POST /api/login HTTP/1.1\r\nTransfer-Encoding: chunked" + host
                                    + ("1000\r\n" + "a".repeat(4096) + "\r\n").repeat(17)));
        }
    }

    @Test
    void refusesWhatIsNoHttp() throws Exception {
        try (TestServer server = TestServer.withPassword(folder)) {
            assertEquals(400, raw(server, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
            assertEquals(400, raw(server, "GET / HTTP/1.1\r\n\r\n"));
            assertEquals(400, raw(server, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"));
            assertEquals(400, raw(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"));
            assertEquals(400, raw(server, "\u0016\u0003\u0001 TLS, perhaps\r\n\r\n"));
        }
    }

    /** The status of what it answers; the connection has to end then. */
    private static int raw(TestServer server, String bytes) throws Exception {
        try (Browser browser = server.open()) {
            try {
                browser.send(bytes);
            } catch (IOException e) {
                // It has answered, and takes no more.
            }
            return Integer.parseInt(browser.line().split(" ", 3)[1]);
        }
    }

    @Test
    void survivesAllOfItAndAnswersTheNextRequest() throws Exception {
        try (TestServer server = TestServer.withPassword(folder)) {
            Random random = new Random(7);
            for (int round = 0; round < 50; round++) {
                try (Browser browser = server.open()) {
                    StringBuilder noise = new StringBuilder("GET / HTTP/1.1\r\nHost: ");
                    for (int i = 0; i < 200; i++) {
                        noise.append((char) (1 + random.nextInt(126)));
                    }
                    browser.send(noise.toString());
                }
            }
            assertEquals(200, retry(server));
        }
    }

    // ---- slow ones and many -----------------------------------------------------------------------------------------

    @Test
    void endsConnectionsThatTakeTooLongForTheirRequest() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser silent = server.open();
                Browser slow = server.open();
                Browser idle = server.open()) {
            slow.send("GET / HTTP/1.1\r\nHo");
            assertEquals(200, idle.get("/").status());

            server.nanos.addAndGet(WebLimits.REQUEST_NANOS);

            assertTrue(silent.ended());
            assertTrue(slow.ended());
            // The answer may have been here before the server knew that it was sent, and counted its time from then.
            server.nanos.addAndGet(WebLimits.REQUEST_NANOS);
            assertTrue(idle.ended());
        }
    }

    @Test
    void endsAConnectionThatSendsTheNextRequestBeforeItHasAnAnswer() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.loggedIn()) {
            String request = "POST /api/command HTTP/1.1\r\nHost: " + browser.host() + "\r\nOrigin: "
                    + browser.origin() + "\r\nX-Hybrid-Gateway: " + browser.token() + "\r\nCookie: " + browser.cookie()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + STATUS.length() + "\r\n\r\n" + STATUS;
            browser.send(request.repeat(20));
            int answers = 0;
            try {
                for (; answers < 20; answers++) {
                    browser.answer();
                }
            } catch (IOException | RuntimeException e) {
                // It ended, as it should.
            }
            assertTrue(answers < 20, answers + " answers");
        }
    }

    @Test
    void takesSoManyConnectionsOfOneAddressAndNoMore() throws Exception {
        List<Browser> open = new ArrayList<>();
        try (TestServer server = TestServer.withPassword(folder)) {
            for (int i = 0; i < WebLimits.CONNECTIONS_PER_ADDRESS; i++) {
                open.add(server.open());
                assertEquals(200, open.get(i).get("/icon.svg").status());
            }
            try (Browser oneMore = server.open()) {
                assertTrue(oneMore.ended());
            }
            open.remove(0).close();
            assertEquals(200, retry(server), "one has left");
        } finally {
            for (Browser browser : open) {
                browser.close();
            }
        }
    }

    /** The end of a connection takes its time to be seen. */
    private static int retry(TestServer server) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try (Browser browser = server.open()) {
                return browser.get("/icon.svg").status();
            } catch (IOException e) {
                if (attempt > 200) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    // ---- files, stream, metrics -------------------------------------------------------------------------------------

    @Test
    void doesNotSendAFileAgainThatTheBrowserHas() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.open()) {
            Browser.Answer first = browser.get("/style.css");
            String tag = first.headers().get("etag");
            assertTrue(first.body().length() > 1000);
            Browser.Answer second = browser.get("/style.css", "If-None-Match: \"other\", " + tag);
            assertEquals(304, second.status());
            assertEquals("", second.body());
            assertEquals(
                    200, browser.get("/style.css", "If-None-Match: \"other\"").status());
        }
    }

    @Test
    void tellsTheStateOnceASecondWhileSomebodyLooksAndWorksOutNothingElse() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.loggedIn()) {
            assertEquals(0, server.statusesAsked.get());
            try (Browser window = browser.again(server.address())) {
                window.send("GET /api/live HTTP/1.1\r\nHost: " + window.host() + "\r\nCookie: " + window.cookie()
                        + "\r\n\r\n");
                assertTrue(window.line().contains(" 200 "));
                assertEquals(
                        "text/event-stream; charset=utf-8", window.headers().get("content-type"));
                assertTrue(data(window).contains("\"number\":1"));
                assertTrue(data(window).contains("\"number\":2"));
                browser.post("/api/logout", "{}");
                String line = window.line();
                while (!line.startsWith("event:")) {
                    line = window.line();
                }
                assertEquals("event: ended", line);
            }
            // One may be under way.
            int asked = -1;
            for (int look = 0; look < 10 && asked != server.statusesAsked.get(); look++) {
                asked = server.statusesAsked.get();
                Thread.sleep(2500);
            }
            assertEquals(asked, server.statusesAsked.get(), "nobody looks any more");
        }
    }

    private static String data(Browser window) throws IOException {
        String line = window.line();
        while (!line.startsWith("data:")) {
            line = window.line();
        }
        return line;
    }

    @Test
    void tellsMetricsOnlyIfSwitchedOn() throws Exception {
        try (TestServer server = TestServer.withPassword(folder)) {
            try (Browser browser = server.open()) {
                assertEquals(401, browser.get("/metrics").status());
            }
            server.server().apply(TestServer.settings(true, Optional.empty()));
            try (Browser browser = server.open()) {
                Browser.Answer answer = browser.get("/metrics");
                assertEquals(200, answer.status());
                assertEquals("# TYPE up gauge\nup 1\n", answer.body());
                assertTrue(answer.headers().get("content-type").startsWith("text/plain; version=0.0.4"));
            }
        }
    }

    // ---- addresses --------------------------------------------------------------------------------------------------

    @Test
    void triesAddressesAgainThatItCannotHaveYet() throws Exception {
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        InetSocketAddress taken = (InetSocketAddress) other.getLocalSocketAddress();
        try (TestServer server = TestServer.withPassword(folder, at(List.of(taken)))) {
            try (other) {
                while (server.server().problems().isEmpty()) {
                    Thread.sleep(5);
                }
                assertTrue(server.server().problems().get(0).contains("127.0.0.1:" + taken.getPort()));
                assertEquals(List.of(), server.server().addresses());
            }
            assertEquals(taken, server.address());
            assertEquals(List.of(), server.server().problems());
        }
    }

    @Test
    void movesToOtherAddressesAndKeepsItsSessions() throws Exception {
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.loggedIn()) {
            InetSocketAddress before = server.address();
            server.server().apply(at(List.of(new InetSocketAddress("127.0.0.2", 0))));
            while (server.server().addresses().isEmpty()) {
                Thread.sleep(5);
            }
            InetSocketAddress after = server.address();
            assertEquals("127.0.0.2", after.getAddress().getHostAddress());
            assertEquals(200, browser.get("/api/session").status(), "a connection that stands goes on");
            try (Browser moved = browser.again(after)) {
                assertEquals(200, moved.get("/api/session").status());
            }
            assertThrows(IOException.class, () -> Browser.open(before).close());
        }
    }

    @Test
    void servesNothingIfSwitchedOff() throws Exception {
        WebConfig off = new WebConfig(false, List.of(), Optional.empty(), false, Duration.ofMinutes(1));
        try (TestServer server = new TestServer(folder, new WebSettings(off, List.of("lo"), Set.of()))) {
            assertEquals(List.of(), server.server().addresses());
            server.server()
                    .apply(new WebSettings(
                            new WebConfig(true, List.of(), Optional.empty(), false, Duration.ofMinutes(1)),
                            List.of("lo", "no-such-device"),
                            Set.of()));
            assertEquals(WebConfig.PORT, server.address().getPort(), "on each address of the LAN devices");
        }
    }

    private static WebSettings at(List<InetSocketAddress> addresses) {
        return new WebSettings(
                new WebConfig(true, addresses, Optional.empty(), false, TestServer.SESSION), List.of(), Set.of());
    }
}
