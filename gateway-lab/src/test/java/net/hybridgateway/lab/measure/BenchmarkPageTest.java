package net.hybridgateway.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BenchmarkPageTest {
    @Test
    void aNewSectionGoesToTheEnd() {
        assertEquals(
                "# Page\n\n<!-- break -->\nnew\n<!-- end of break -->\n",
                BenchmarkPage.withSection("# Page\n", "break", "\nnew\n"));
    }

    @Test
    void aSectionIsReplacedWhereItStands() {
        String page = "# Page\n\n<!-- a -->\nold $1\n<!-- end of a -->\n\n<!-- b -->\nother\n<!-- end of b -->\n";
        assertEquals(page.replace("old $1", "new $2"), BenchmarkPage.withSection(page, "a", "new $2"));
    }
}
