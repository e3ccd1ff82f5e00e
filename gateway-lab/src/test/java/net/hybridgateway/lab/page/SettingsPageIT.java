package net.hybridgateway.lab.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.lab.net.Pause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings on the page, with the real judge of settings and a real file, and a clock that is moved by hand. */
class SettingsPageIT {
    private static final String QUOTA = "#s-uplink-cellular-quota";

    @TempDir
    private Path folder;

    private EditedGateway gateway;
    private Chromium browser;

    @BeforeEach
    void open() throws IOException {
        gateway = EditedGateway.start(folder);
        browser = Chromium.start(Optional.empty(), folder, gateway.origin());
        PageIT.enter(browser);
    }

    @AfterEach
    void close() {
        browser.close();
        gateway.close();
    }

    @Test
    void explainsAWrongValueAtItsField() throws IOException {
        String before = gateway.file();
        browser.view("settings");
        browser.type(QUOTA, "a lot");
        browser.press("Save");

        browser.awaitText(QUOTA + "-error", "a lot");
        assertEquals("true", browser.attribute(QUOTA, "aria-invalid"));
        browser.awaitText(".summary", "Nothing was saved");
        // The reader is led there.
        browser.awaitScript("true", "return document.activeElement.className.includes('summary')");
        browser.assertUsable("settings with a mistake");
        browser.photograph("settings-mistake-desktop");
        browser.look(Look.PHONE);
        browser.assertUsable("settings with a mistake on a phone");
        browser.photograph("settings-mistake-phone");
        browser.look(Look.DESKTOP);
        assertEquals(before, gateway.file(), "nothing changed");

        browser.click(".summary a");
        browser.awaitScript(QUOTA, "return '#' + document.activeElement.id");
        browser.type(QUOTA, "30GB");
        browser.press("Save");
        browser.press("Keep them");
        assertTrue(
                Pause.until(Chromium.PATIENCE, () -> gateway.file().contains("option quota '30GB'")), gateway.file());
        assertTrue(gateway.file().contains("# our own words"), "comments stay");
        browser.assertKeptToItself();
    }

    @Test
    void takesBackWhatNobodyKeeps() throws IOException {
        String before = gateway.file();
        browser.view("uplinks");
        browser.choose("#use-cellular", "standby");
        browser.await(".banner");
        assertTrue(gateway.file().contains("option use 'standby'"), gateway.file());
        assertEquals(2, gateway.applied(), "the start, and the change");
        browser.awaitText(".countdown", "seconds");
        // The keyboard is led to it.
        browser.awaitScript("banner", "return document.activeElement.className");
        browser.assertUsable("a change on trial");
        browser.photograph("trial-desktop");
        browser.look(Look.PHONE);
        browser.assertUsable("a change on trial on a phone");
        browser.photograph("trial-phone");

        gateway.pass(Duration.ofSeconds(61));

        assertTrue(Pause.until(Chromium.PATIENCE, () -> !browser.shows(".banner")), "the banner stays");
        assertEquals(before, gateway.file());
        assertTrue(Pause.until(
                Chromium.PATIENCE, () -> browser.value("#use-cellular").equals("on-demand")));
        browser.assertKeptToItself();
    }

    @Test
    void keepsWhatSomebodyKeepsAndGoesBackAtOnceIfAsked() {
        browser.view("uplinks");
        browser.choose("#use-cellular", "standby");
        browser.press("Keep them");
        assertTrue(Pause.until(Chromium.PATIENCE, () -> !browser.shows(".banner")), "the banner stays");
        gateway.pass(Duration.ofMinutes(2));
        assertTrue(gateway.file().contains("option use 'standby'"), gateway.file());

        browser.choose("#use-cellular", "always");
        browser.await(".banner");
        assertTrue(gateway.file().contains("option use 'always'"), gateway.file());
        browser.press("Take them back");
        assertTrue(Pause.until(Chromium.PATIENCE, () -> gateway.file().contains("option use 'standby'")));
    }

    @Test
    void changesAtOnceWhatShutsNobodyOut() {
        browser.view("settings");
        browser.click("[aria-labelledby='s-group-rule'] > button");
        browser.type("#new-section", "voip");
        browser.press("Add");
        browser.choose("#s-rule-voip-action", "fixed-only");
        browser.type("#s-rule-voip-dest_port", "5060-5061\n443");
        browser.press("Save");

        assertTrue(Pause.until(Chromium.PATIENCE, () -> gateway.file().contains("config rule 'voip'")), gateway.file());
        assertTrue(gateway.file().contains("5060-5061"), gateway.file());
        assertFalse(browser.shows(".banner"));
        browser.awaitText("main [data-view] > .stack > [role='status']", "Saved.");

        browser.press("Remove voip");
        browser.press("Save");
        assertTrue(Pause.until(Chromium.PATIENCE, () -> !gateway.file().contains("voip")), gateway.file());
    }

    @Test
    void savesTheSettingsToAFileAndBringsThemBack() throws IOException {
        browser.downloadTo(folder);
        browser.view("system");
        browser.press("Download the settings");
        Path saved = folder.resolve("hybrid-gateway.conf");
        assertTrue(Pause.until(Chromium.PATIENCE, () -> Files.exists(saved)), "no download");
        String text = Files.readString(saved);
        assertTrue(text.contains("option quota '20GB'"), text);
        assertFalse(text.contains(EditedGateway.SECRET), "a secret leaves the house");

        Path wanted = folder.resolve("wanted.conf");
        Files.writeString(wanted, text.replace("20GB", "5GB"));
        browser.give("#restore", wanted);
        browser.awaitText(".plan", "uplink cellular: quota = 5GB");
        browser.press("Bring them back");
        browser.press("Keep them");
        assertTrue(Pause.until(Chromium.PATIENCE, () -> gateway.file().contains("option quota '5GB'")), gateway.file());
        assertTrue(gateway.file().contains(EditedGateway.SECRET), "the secret is left as it is");

        Files.writeString(wanted, "no settings");
        browser.give("#restore", wanted);
        browser.awaitText("#restore-error", "line 1");
        browser.assertKeptToItself();
    }
}
