package net.hybridgateway.lab.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A browser with one window. It asks nobody but who is asked for, and is given its driver: nothing is downloaded. */
final class Chromium implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;
    private final String origin;
    private final Path folder;

    private Chromium(ChromeDriver driver, String origin, Path folder) {
        this.driver = driver;
        this.origin = origin;
        this.folder = folder;
    }

    /**
     * Starts it, or skips the test where there is none.
     *
     * @param node the host whose browser it is; empty for this machine
     * @param folder for its profile
     * @param origin of the page, like {@code http://192.168.1.1:8480}
     */
    static Chromium start(Optional<Node> node, Path folder, String origin) throws IOException {
        assumeTrue(Files.isExecutable(BROWSER), "no chromium: apt-get install chromium");
        assumeTrue(Files.isExecutable(DRIVER), "no chromedriver: apt-get install chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary((node.isPresent() ? inside(node.get(), folder) : BROWSER).toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // A pipe: ports of the host's namespace are not ours.
                "--remote-debugging-pipe",
                "--user-data-dir=" + folder.resolve("profile"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .withLogFile(folder.resolve("chromedriver.log").toFile())
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
        driver.get("about:blank");
        // What it did before: it showed a page of its own.
        driver.manage().logs().get(LogType.PERFORMANCE);
        Chromium chromium = new Chromium(driver, origin, folder);
        chromium.look(Look.DESKTOP);
        return chromium;
    }

    /** A program that starts the browser in a namespace. */
    private static Path inside(Node node, Path folder) throws IOException {
        Path script = folder.resolve("chromium-there");
        Files.writeString(script, "#!/bin/sh\nexec ip netns exec " + node.namespace() + " " + BROWSER + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    void look(Look look) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", look.width(), "height", look.height(), "deviceScaleFactor", 1, "mobile", look.phone()));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", look.dark() ? "dark" : "light"),
                                // What is looked at while a colour changes would be judged by one that nobody sees.
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    // ---- going and looking ------------------------------------------------------------------------------------------

    void open(String path) {
        driver.get(origin + path);
    }

    /** Opens one of the page's views, and waits until it is there. */
    void view(String name) {
        driver.executeScript("location.hash = arguments[0]", "#/" + name);
        await("main [data-view='" + name + "']");
    }

    /** The text that can be seen there; empty if there is no such element. */
    String text(String css) {
        try {
            return driver.findElement(By.cssSelector(css)).getText();
        } catch (NoSuchElementException | StaleElementReferenceException e) {
            return "";
        }
    }

    boolean shows(String css) {
        try {
            return driver.findElement(By.cssSelector(css)).isDisplayed();
        } catch (NoSuchElementException | StaleElementReferenceException e) {
            return false;
        }
    }

    /** Empty if there is no such element, or it has none. */
    String attribute(String css, String name) {
        try {
            return Optional.ofNullable(driver.findElement(By.cssSelector(css)).getDomAttribute(name))
                    .orElse("");
        } catch (NoSuchElementException | StaleElementReferenceException e) {
            return "";
        }
    }

    /** Empty if there is no such element. */
    String value(String css) {
        try {
            return String.valueOf(driver.findElement(By.cssSelector(css)).getDomProperty("value"));
        } catch (NoSuchElementException | StaleElementReferenceException e) {
            return "";
        }
    }

    /** Whatever a script returns, as text. */
    String script(String script) {
        return String.valueOf(driver.executeScript(script));
    }

    void await(String css) {
        assertTrue(Pause.until(PATIENCE, () -> shows(css)), () -> css + " does not come: " + text("body"));
    }

    void awaitText(String css, String part) {
        assertTrue(
                Pause.until(PATIENCE, () -> text(css).contains(part)),
                () -> "'" + part + "' does not come in " + css + ": " + text(css) + "\n" + text("main"));
    }

    /** Waits until a script returns this, as text. */
    void awaitScript(String expected, String script) {
        assertTrue(
                Pause.until(PATIENCE, () -> expected.equals(script(script))),
                () -> script + " gives " + script(script) + " and not " + expected);
    }

    // ---- doing ------------------------------------------------------------------------------------------------------

    void type(String css, String text) {
        await(css);
        untilItStandsStill(() -> {
            WebElement field = driver.findElement(By.cssSelector(css));
            field.clear();
            field.sendKeys(text);
        });
    }

    /** The page may be drawn anew, or move, between a look and a touch. */
    private void untilItStandsStill(Runnable touch) {
        assertTrue(
                Pause.until(PATIENCE, () -> {
                    try {
                        touch.run();
                        return true;
                    } catch (NoSuchElementException
                            | StaleElementReferenceException
                            | ElementNotInteractableException e) {
                        return false;
                    }
                }),
                () -> "nothing there to touch: " + text("body"));
    }

    /** Gives a file to an input for files, which nobody need see. */
    void give(String css, Path file) {
        driver.findElement(By.cssSelector(css)).sendKeys(file.toAbsolutePath().toString());
    }

    void click(String css) {
        await(css);
        untilItStandsStill(() -> clickNow(driver.findElement(By.cssSelector(css))));
    }

    private void clickNow(WebElement element) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    /** Clicks the button that says so. */
    void press(String words) {
        By button = By.xpath("//button[normalize-space(.)='" + words + "']");
        assertTrue(Pause.until(PATIENCE, () -> presses(button)), () -> "no button " + words + ": " + text("body"));
    }

    private boolean presses(By button) {
        try {
            Optional<WebElement> found = driver.findElements(button).stream()
                    .filter(it -> it.isDisplayed() && it.isEnabled())
                    .findFirst();
            found.ifPresent(this::clickNow);
            return found.isPresent();
        } catch (StaleElementReferenceException | ElementNotInteractableException e) {
            return false;
        }
    }

    void choose(String css, String value) {
        await(css);
        driver.executeScript(
                "const s = document.querySelector(arguments[0]); s.focus(); s.value = arguments[1];"
                        + "s.dispatchEvent(new Event('input', {bubbles: true}));"
                        + "s.dispatchEvent(new Event('change', {bubbles: true})); s.blur();",
                css,
                value);
    }

    void keys(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void downloadTo(Path folder) {
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    // ---- judging ----------------------------------------------------------------------------------------------------

    /** Leaves a picture of the whole page. */
    void photograph(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Nothing is wider than the window, and axe-core finds nothing serious. */
    void assertUsable(String where) throws IOException {
        assertEquals(
                "true",
                script("return document.documentElement.scrollWidth <= window.innerWidth"),
                where + " is wider than the window");
        if ("undefined".equals(script("return typeof axe"))) {
            driver.executeScript(axe() + "; window.axe = axe;");
        }
        Object found = driver.executeAsyncScript("const done = arguments[0]; axe.run().then((result) => done("
                + "result.violations.filter((it) => ['serious', 'critical'].includes(it.impact))"
                + ".map((it) => it.id + ': ' + it.nodes.map((node) => node.html).join(' | ')).join('\\n')))");
        assertEquals("", found, where);
    }

    private static String axe() throws IOException {
        try (InputStream script = Chromium.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Nobody but the page's own server was asked, and nothing broke the page's rules or failed.
     *
     * @param expected parts of messages of the console that may be there: refusals that the test asked for
     */
    void assertKeptToItself(String... expected) {
        List<String> strangers = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonObject message = parse(entry.getMessage()).getObject("message");
            if ("Network.requestWillBeSent".equals(message.getString("method"))) {
                String url = message.getObject("params").getObject("request").getString("url");
                if (!url.startsWith(origin + "/") && !url.startsWith("blob:" + origin) && !url.startsWith("data:")) {
                    strangers.add(url);
                }
            }
        }
        assertEquals(List.of(), strangers, "requests to others");
        List<String> complaints = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            boolean isExpected = List.of(expected).stream().anyMatch(entry.getMessage()::contains);
            if (entry.getLevel().intValue() >= Level.WARNING.intValue() && !isExpected) {
                complaints.add(entry.getMessage());
            }
        }
        assertEquals(List.of(), complaints, "messages on the console");
    }

    private static JsonObject parse(String text) {
        try {
            return JsonParser.object().from(text);
        } catch (JsonParserException e) {
            throw new AssertionError(text, e);
        }
    }

    /** Ends it, and waits until nobody writes into its folder any more. */
    @Override
    public void close() {
        driver.quit();
        Pause.until(PATIENCE, () -> ProcessHandle.allProcesses().noneMatch(this::isOurs));
    }

    private boolean isOurs(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .contains(folder + "/");
        } catch (IOException e) {
            return false;
        }
    }
}
