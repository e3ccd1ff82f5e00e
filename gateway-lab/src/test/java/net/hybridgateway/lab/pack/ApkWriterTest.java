package net.hybridgateway.lab.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApkWriterTest {
    @TempDir
    private Path folder;

    private Path write(String name, long seconds) throws IOException {
        Path root = Files.createDirectories(folder.resolve(name + "-root"));
        Path out = Files.createDirectories(folder.resolve(name));
        return new ApkWriter(SampleTree.info()).write(SampleTree.write(root, seconds), out);
    }

    @Test
    void thePackageSaysWhatItIs() throws IOException {
        Path file = write("one", 1);
        List<Object> info = ApkFile.list(ApkFile.read(file).root().get(1));

        assertEquals("sample-1.2.3-r4.apk", file.getFileName().toString());
        assertEquals("sample", ApkFile.text(info.get(1)));
        assertEquals("1.2.3-r4", ApkFile.text(info.get(2)));
        assertEquals("What the tests pack", ApkFile.text(info.get(4)));
        assertEquals("noarch", ApkFile.text(info.get(5)), "apk's word for all");
        assertEquals("Apache-2.0", ApkFile.text(info.get(6)));
        // Program, setting, large file, and the one with the long name.
        assertEquals(10L + 14 + SampleTree.LARGE_BYTES + 5, info.get(12));
        List<Object> depends = ApkFile.list(info.get(15));
        assertEquals("other", ApkFile.text(ApkFile.list(depends.get(1)).get(1)));
        assertEquals("runtime", ApkFile.text(ApkFile.list(depends.get(2)).get(1)));
        assertEquals("1.2.3-r4", ApkFile.text(ApkFile.list(depends.get(2)).get(2)));
    }

    @Test
    void eachFileIsThereWithItsHashAndItsRights() throws IOException, NoSuchAlgorithmException {
        ApkFile apk = ApkFile.read(write("one", 1));
        List<String> found = new ArrayList<>();
        List<Object> folders = ApkFile.list(apk.root().get(2));
        for (int i = 1; i < folders.size(); i++) {
            List<Object> folderFields = ApkFile.list(folders.get(i));
            String path = folderFields.get(1) instanceof byte[] name ? ApkFile.text(name) + "/" : "";
            for (int j = 1;
                    folderFields.size() > 3
                            && j < ApkFile.list(folderFields.get(3)).size();
                    j++) {
                List<Object> file =
                        ApkFile.list(ApkFile.list(folderFields.get(3)).get(j));
                List<Object> rights = ApkFile.list(file.get(2));
                assertEquals("root", ApkFile.text(rights.get(2)));
                assertEquals("root", ApkFile.text(rights.get(3)));
                String name = path + ApkFile.text(file.get(1));
                if (file.size() > 6) {
                    byte[] link = (byte[]) file.get(6);
                    assertEquals(0120000, (link[0] & 0xff) | ((link[1] & 0xff) << 8));
                    found.add(name + " -> " + new String(link, 2, link.length - 2, StandardCharsets.UTF_8));
                } else {
                    byte[] content = apk.content(i, j);
                    assertEquals((long) content.length, file.get(3), name);
                    byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
                    assertArrayEquals(hash, (byte[]) file.get(5), name);
                    found.add(name + " " + Long.toOctalString((Long) rights.get(1)) + " " + content.length);
                }
            }
        }
        assertEquals(
                List.of(
                        "etc/config/sample 644 14",
                        "usr/bin/other -> sample",
                        "usr/bin/sample 755 10",
                        "usr/share/empty 644 0",
                        "usr/share/large 644 " + SampleTree.LARGE_BYTES,
                        SampleTree.LONG_NAME + " 644 5"),
                found);
        assertEquals(4, apk.contents(), "an empty file has no block");
    }

    @Test
    void theScriptsDoWhatOpenwrtsDo() throws IOException {
        List<Object> scripts = ApkFile.list(ApkFile.read(write("one", 1)).root().get(3));
        String install = ApkFile.text(scripts.get(3));
        for (String line :
                List.of("export pkgname=\"sample\"", "add_group_and_user", "default_postinst", "echo installed")) {
            assertTrue(install.lines().anyMatch(line::equals), () -> line + " is missing in " + install);
        }
        assertTrue(ApkFile.text(scripts.get(7)).contains("export PKG_UPGRADE=1\n"));
        assertTrue(ApkFile.text(scripts.get(4)).contains("\ndefault_prerm\n"));
        assertEquals("#!/bin/sh\necho before\n", ApkFile.text(scripts.get(2)));
        assertEquals("#!/bin/sh\necho \"gone $1\"\n", ApkFile.text(scripts.get(5)));
        assertEquals("#!/bin/sh\nexport PKG_UPGRADE=1\necho before\n", ApkFile.text(scripts.get(6)));
    }

    @Test
    void twoRunsGiveTheSameBytesWheneverTheFilesWereWritten() throws IOException {
        assertArrayEquals(Files.readAllBytes(write("one", 1_000_000)), Files.readAllBytes(write("two", 2_000_000)));
    }

    @Test
    void anotherContentMakesAnotherPackage() throws IOException {
        Path first = write("one", 1);
        Path root = folder.resolve("one-root");
        Files.writeString(root.resolve("etc/config/sample"), "config another\n");
        Path second = new ApkWriter(SampleTree.info())
                .write(PackageTree.read(root), Files.createDirectories(folder.resolve("two")));

        byte[] firstId =
                (byte[]) ApkFile.list(ApkFile.read(first).root().get(1)).get(3);
        byte[] secondId =
                (byte[]) ApkFile.list(ApkFile.read(second).root().get(1)).get(3);
        assertEquals(20, firstId.length);
        assertTrue(!Arrays.equals(firstId, secondId));
    }
}
