package net.hybridgateway.lab.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.web.WebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page of a running gateway, as a household meets it. */
class PageIT {
    static final String PASSWORD = "four words are enough";

    private static final String ORIGIN = "http://" + House.GATEWAY_LAN_IPV4 + ":8480";
    private static final List<String> VIEWS =
            List.of("overview", "uplinks", "connections", "points", "tests", "events", "settings", "mqtt", "system");

    private static final int PORT = 9300;

    private static House house;
    private static ConversionPoint point;
    private static WebServer web;

    @TempDir
    private Path folder;

    @BeforeAll
    static void build() {
        assumeTrue(
                Requirements.missing(true).isEmpty(), Requirements.missing(true).orElse(""));
        house = House.build(HousePlan.shaped(LineShape.of(20, 10), LineShape.of(10, 25)));
        point = ConversionPoint.start(house);
        web = house.web().call(() -> WebServer.listen(PORT));
    }

    @AfterAll
    static void remove() throws IOException {
        if (house != null) {
            web.close();
            point.close();
            house.close();
        }
    }

    @AfterEach
    void mend() {
        house.fixed().mend();
    }

    @Test
    void asksTheFirstVisitorForAPasswordAndTheNextOnesForThat() throws IOException {
        try (Gateway gateway = start();
                Chromium browser = Chromium.start(Optional.of(house.lanHost(0)), folder, ORIGIN)) {
            assertTrue(gateway.process().isAlive());
            browser.look(Look.PHONE);
            browser.open("/");
            browser.awaitText("h1", "Choose a password");
            browser.assertUsable("first visit");
            browser.photograph("first-visit-phone");
            browser.awaitScript("password", "return document.activeElement.id");

            browser.type("#password", "short");
            browser.type("#again", "short");
            browser.keys(Keys.ENTER);
            browser.awaitText("#password-error", "at least 10 characters");
            assertEquals("true", browser.attribute("#password", "aria-invalid"));
            browser.type("#password", PASSWORD);
            browser.type("#again", PASSWORD + "!");
            browser.keys(Keys.ENTER);
            browser.awaitText("#again-error", "not the same");

            browser.type("#again", PASSWORD);
            browser.keys(Keys.ENTER);
            browser.await("main [data-view='overview']");
            assertTrue(Files.exists(folder.resolve("state/web-password")));

            browser.look(Look.DESKTOP);
            browser.press("Log out");
            browser.awaitText("h1", "Log in");
            browser.assertUsable("log in");
            browser.photograph("login-desktop");
            for (int guess = 1; guess <= 5; guess++) {
                browser.type("#password", "a wrong password " + guess);
                browser.press("Log in");
                // Waits for this answer, not for the one before.
                browser.awaitScript("true", "return !document.querySelector('#password-error').hidden");
                browser.awaitText("#password-error", "The password is wrong.");
            }
            browser.awaitText("[role='status']", "before the next attempt");
            browser.type("#password", PASSWORD);
            browser.press("Log in"); // waits until the pause is over
            browser.await("main [data-view='overview']");
            browser.assertKeptToItself("401", "422", "429");
        }
    }

    @Test
    void showsABreakWhileItHappens() throws IOException {
        try (Gateway gateway = start();
                Chromium browser = Chromium.start(Optional.of(house.lanHost(0)), folder, ORIGIN)) {
            assertTrue(gateway.process().isAlive());
            enter(browser);
            browser.awaitText(".hero", "Fixed carries your connections.");
            browser.awaitText(".hero", "Backup: Cellular is ready.");
            try (LabProcess download = download()) {
                assertTrue(
                        Pause.until(Chromium.PATIENCE, () -> moves(browser, "Fixed")), () -> browser.text(".legend"));
                String drawing = browser.script("return document.querySelector('.chart .area')?.getAttribute('d')");
                assertTrue(Pause.until(
                        Chromium.PATIENCE,
                        () -> !drawing.equals(
                                browser.script("return document.querySelector('.chart .area')?.getAttribute('d')"))));

                house.fixed().cut(Cut.CARRIER);
                browser.awaitText(".hero", "Cellular stands in: the preferred line does not work.");
                browser.awaitText(".hero", "carrier");
                assertTrue(
                        Pause.until(Chromium.PATIENCE, () -> moves(browser, "Cellular") && !moves(browser, "Fixed")),
                        () -> browser.text(".legend"));
                browser.awaitText(".rows", "The uplink lost its carrier.");
                browser.photograph("break-desktop");
                browser.look(Look.PHONE);
                browser.photograph("break-phone");
                browser.look(Look.DESKTOP);

                house.fixed().mend();
                browser.awaitText(".hero", "Fixed carries your connections.");
                assertTrue(
                        Pause.until(Chromium.PATIENCE, () -> moves(browser, "Fixed")), () -> browser.text(".legend"));
                assertTrue(
                        Pause.until(Chromium.PATIENCE, () -> browser.attribute(".chart", "aria-label")
                                .startsWith("Download over the last two minutes: Fixed")),
                        () -> browser.attribute(".chart", "aria-label"));
                assertTrue(download.isAlive());
            }
            browser.assertKeptToItself("401");
        }
    }

    @Test
    void changesWhatALineIsUsedForUnderARunningDownload() throws IOException {
        try (Gateway gateway = start();
                Chromium browser = Chromium.start(Optional.of(house.lanHost(0)), folder, ORIGIN);
                LabProcess download = download()) {
            assertTrue(gateway.process().isAlive());
            enter(browser);
            // On a machine that is very busy, the line may have been suspected, and cellular stood in for a while.
            assertTrue(
                    Pause.until(Chromium.PATIENCE, () -> moves(browser, "Fixed") && !moves(browser, "Cellular")),
                    () -> browser.text(".legend"));

            browser.view("uplinks");
            browser.choose("#use-cellular", "always");
            browser.press("Keep them");
            browser.view("overview");
            assertTrue(
                    Pause.until(Chromium.PATIENCE, () -> moves(browser, "Fixed") && moves(browser, "Cellular")),
                    () -> browser.text(".legend"));
            browser.photograph("both-lines-desktop");

            browser.view("uplinks");
            browser.choose("#use-cellular", "on-demand");
            browser.press("Take them back");
            browser.view("overview");
            assertTrue(Pause.until(Chromium.PATIENCE, () -> moves(browser, "Cellular")), () -> browser.text(".legend"));
            assertTrue(download.isAlive());
            browser.assertKeptToItself("401");
        }
    }

    @Test
    void isUsableOnPhoneAndDesktopInLightAndDark() throws IOException {
        try (Gateway gateway = start();
                Chromium browser = Chromium.start(Optional.of(house.lanHost(0)), folder, ORIGIN);
                LabProcess download = download()) {
            assertTrue(gateway.process().isAlive());
            enter(browser);
            assertTrue(Pause.until(Chromium.PATIENCE, () -> moves(browser, "Fixed")), () -> browser.text(".legend"));
            for (Look look : Look.ALL) {
                browser.look(look);
                for (String view : VIEWS) {
                    browser.view(view);
                    browser.assertUsable(view + " on " + look.name());
                    browser.photograph(view + "-" + look.name());
                }
            }
            assertTrue(download.isAlive());
            browser.assertKeptToItself("401");
        }
    }

    @Test
    void isUsableWithTheKeyboardAlone() throws IOException {
        try (Gateway gateway = start();
                Chromium browser = Chromium.start(Optional.of(house.lanHost(0)), folder, ORIGIN)) {
            assertTrue(gateway.process().isAlive());
            enter(browser);
            browser.script("document.body.focus()");
            browser.keys(Keys.TAB);
            assertEquals("Skip to the content", browser.script("return document.activeElement.textContent"));
            for (int steps = 0; steps < 20; steps++) {
                browser.keys(Keys.TAB);
                if ("Tests".equals(browser.script("return document.activeElement.textContent"))) {
                    break;
                }
            }
            assertNotEquals("none", browser.script("return getComputedStyle(document.activeElement).outlineStyle"));
            browser.keys(Keys.ENTER);
            browser.await("main [data-view='tests']");
            // Where the new view begins.
            browser.awaitScript("H1", "return document.activeElement.tagName");
            browser.awaitScript("Tests · hybrid-gateway", "return document.title");

            browser.press("Examine now");
            browser.awaitText("#probe [role='status']", "All is well.");
            browser.awaitText("#probe .found", "Multipath TCP option: kept");
            browser.press("Rehearse now");
            browser.awaitText("#drill [role='status']", "All is well.");
            browser.awaitText("#drill .found", "Worked");
            browser.assertUsable("tests with results");
            browser.photograph("tests-done-desktop");
        }
    }

    /** The examples of docs/operations.md, with another password. */
    @Test
    void talksToProgramsAsToItsOwnPage() throws IOException {
        try (Gateway gateway = start("config web 'web'\n    option metrics '1'\n")) {
            assertTrue(gateway.process().isAlive());
            assertTrue(curl("/metrics").contains("choose a password first"), "nothing is told before that");

            String opened = post("1", "/api/first", "{\"password\":\"" + PASSWORD + "\"}");
            String token = parse(opened).getString("token");
            String answer = post(token, "/api/command", "{\"command\":\"status\"}");
            assertEquals("normal", parse(answer).getObject("result").getString("mode"), answer);
            assertTrue(curl("/metrics").contains("# TYPE "), "and afterwards to everybody at home");
        }
    }

    private String post(String token, String path, String body) {
        String jar = folder.resolve("jar").toString();
        return curl(
                path,
                "-b",
                jar,
                "-c",
                jar,
                "-H",
                "Origin: " + ORIGIN,
                "-H",
                "X-Hybrid-Gateway: " + token,
                "-H",
                "Content-Type: application/json",
                "-d",
                body);
    }

    private static String curl(String path, String... options) {
        List<String> words = new ArrayList<>(List.of("curl", "-sS", "--max-time", "20"));
        words.addAll(List.of(options));
        words.add(ORIGIN + path);
        return house.lanHost(0).run(words.toArray(String[]::new));
    }

    private static JsonObject parse(String text) {
        try {
            return JsonParser.object().from(text);
        } catch (JsonParserException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void isNotServedToTheInternet() throws IOException {
        try (Gateway gateway = start()) {
            assertTrue(gateway.process().isAlive());
            String fromHome = curl("/");
            assertTrue(fromHome.contains("/first.js"), fromHome);
            for (String address : List.of(Access.FIXED.ipv4(), Access.CELLULAR.ipv4())) {
                assertThrows(LabException.class, () -> house.web()
                        .run("curl", "-sS", "--max-time", "5", "http://" + address + ":8480/"));
            }
        }
    }

    // ---- what the tests have in common ------------------------------------------------------------------------------

    private Gateway start() {
        return start("config web 'web'\n");
    }

    /** Returns when the page is served, which may be a moment after the gateway works. */
    private Gateway start(String page) {
        Gateway gateway = Gateway.start(house, Gateway.withStateIn(folder, Gateway.configuration("on-demand")) + page);
        try {
            curl("/", "--retry", "30", "--retry-delay", "1", "--retry-connrefused");
            return gateway;
        } catch (LabException e) {
            gateway.close();
            throw e;
        }
    }

    /** Chooses the password. */
    static void enter(Chromium browser) {
        browser.open("/");
        browser.type("#password", PASSWORD);
        browser.type("#again", PASSWORD);
        browser.keys(Keys.ENTER);
        browser.await("main [data-view='overview']");
    }

    /** Whether the legend tells a rate above zero for this line. */
    private static boolean moves(Chromium browser, String line) {
        return browser.script("return [...document.querySelectorAll('.legend li')].some((entry) =>"
                        + " entry.textContent.startsWith('" + line + "') && entry.textContent.includes('bit/s'))")
                .equals("true");
    }

    /** One that has no end that a test would see. */
    private static LabProcess download() {
        return house.lanHost(0)
                .start(
                        "download",
                        "curl",
                        "-sS",
                        "-o",
                        "/dev/null",
                        "http://" + House.webIpv4() + ":" + PORT + "/bytes/1000000000000");
    }
}
