package net.hybridgateway.lab.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpkWriterTest {
    @TempDir
    private Path folder;

    private Path write(String name, long seconds) throws IOException {
        Path root = Files.createDirectories(folder.resolve(name + "-root"));
        Path out = Files.createDirectories(folder.resolve(name));
        return new IpkWriter(SampleTree.info()).write(SampleTree.write(root, seconds), out);
    }

    private static Map<String, TarFile.Entry> untar(byte[] compressed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return TarFile.read(in.readAllBytes());
        }
    }

    @Test
    void theFileHoldsThreeFilesInTheOrderThatOpkgWants() throws IOException {
        Path file = write("one", 1);
        Map<String, TarFile.Entry> outer = untar(Files.readAllBytes(file));

        assertEquals("sample_1.2.3-r4_all.ipk", file.getFileName().toString());
        assertEquals(List.of("./debian-binary", "./data.tar.gz", "./control.tar.gz"), List.copyOf(outer.keySet()));
        assertEquals("2.0\n", outer.get("./debian-binary").text());
    }

    @Test
    void whatIsInstalledComesAsItIsAndBelongsToRoot() throws IOException {
        Map<String, TarFile.Entry> outer = untar(Files.readAllBytes(write("one", 1)));
        Map<String, TarFile.Entry> data = untar(outer.get("./data.tar.gz").content());

        TarFile.Entry program = data.get("./usr/bin/sample");
        assertEquals("#!/bin/sh\n", program.text());
        assertEquals(0755, program.mode());
        assertEquals(0644, data.get("./etc/config/sample").mode());
        assertEquals("sample", data.get("./usr/bin/other").link());
        assertEquals('2', data.get("./usr/bin/other").type());
        assertEquals(0, data.get("./usr/share/empty").content().length);
        assertEquals(SampleTree.LARGE_BYTES, data.get("./usr/share/large").content().length);
        assertEquals("deep\n", data.get("./" + SampleTree.LONG_NAME).text());
        for (Map.Entry<String, TarFile.Entry> entry : data.entrySet()) {
            assertEquals("0:0", entry.getValue().owner(), entry.getKey());
            assertEquals(0, entry.getValue().seconds(), entry.getKey());
        }
    }

    @Test
    void aFolderComesBeforeWhatIsInIt() throws IOException {
        Map<String, TarFile.Entry> outer = untar(Files.readAllBytes(write("one", 1)));
        List<String> names =
                List.copyOf(untar(outer.get("./data.tar.gz").content()).keySet());
        for (String name : names) {
            String folderName = name.substring(0, name.lastIndexOf('/', name.length() - 2) + 1);
            assertTrue(folderName.isEmpty() || names.indexOf(folderName) < names.indexOf(name), name);
            assertTrue(folderName.isEmpty() || names.contains(folderName), name);
        }
    }

    @Test
    void thePackageSaysWhatItIs() throws IOException {
        Map<String, TarFile.Entry> outer = untar(Files.readAllBytes(write("one", 1)));
        Map<String, TarFile.Entry> control = untar(outer.get("./control.tar.gz").content());
        byte[] data;
        try (GZIPInputStream in = new GZIPInputStream(
                new ByteArrayInputStream(outer.get("./data.tar.gz").content()))) {
            data = in.readAllBytes();
        }

        assertEquals("""
                Package: sample
                Version: 1.2.3-r4
                Depends: other, runtime (= 1.2.3-r4)
                Source: sample
                SourceName: sample
                License: Apache-2.0
                Section: net
                Require-User: sample=4711:sample=4711
                Maintainer: hybrid-gateway
                Architecture: all
                Installed-Size: %d
                Description: What the tests pack
                """.formatted(data.length), control.get("./control").text());
        assertEquals("/etc/config/sample\n", control.get("./conffiles").text());
        assertTrue(control.get("./postinst").text().contains("default_postinst $0 $@"));
        assertTrue(control.get("./postinst-pkg").text().contains("\necho installed\n"));
        assertTrue(control.get("./prerm").text().contains("default_prerm $0 $@"));
        assertEquals("#!/bin/sh\necho before\n", control.get("./preinst").text());
        assertEquals("#!/bin/sh\necho \"gone $1\"\n", control.get("./postrm").text());
        for (String script : List.of("./preinst", "./postinst", "./postinst-pkg", "./prerm", "./postrm")) {
            assertEquals(0755, control.get(script).mode(), script);
        }
    }

    @Test
    void twoRunsGiveTheSameBytesWheneverTheFilesWereWritten() throws IOException {
        assertArrayEquals(Files.readAllBytes(write("one", 1_000_000)), Files.readAllBytes(write("two", 2_000_000)));
    }
}
