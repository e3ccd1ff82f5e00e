package net.hybridgateway.lab.pack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A package as a package manager sees it.
 *
 * @param files by their paths on the router; folders are not among them
 * @param control what else there is, by its name: scripts, and for opkg {@code control} and {@code conffiles}
 */
record OpenedPackage(String name, String version, SortedMap<String, Packed> files, Map<String, String> control) {
    private static final List<String> APK_SCRIPTS = List.of(
            "",
            "trigger",
            "pre-install",
            "post-install",
            "pre-deinstall",
            "post-deinstall",
            "pre-upgrade",
            "post-upgrade");

    /**
     * A file or a link.
     *
     * @param link where it leads; empty for a file
     */
    record Packed(int mode, String link, ByteBuffer bytes) {
        byte[] content() {
            byte[] content = new byte[bytes.capacity()];
            bytes.get(0, content);
            return content;
        }
    }

    static OpenedPackage ipk(Path file) throws IOException {
        Map<String, TarFile.Entry> outer = untar(Files.readAllBytes(file));
        SortedMap<String, Packed> files = new TreeMap<>();
        untar(outer.get("./data.tar.gz").content()).forEach((name, entry) -> {
            if (entry.type() != '5') {
                files.put(name.substring(1), new Packed(entry.mode(), entry.link(), entry.bytes()));
            }
        });
        Map<String, String> control = new TreeMap<>();
        untar(outer.get("./control.tar.gz").content()).forEach((name, entry) -> {
            if (entry.type() != '5') {
                control.put(name.substring(2), entry.text());
            }
        });
        return new OpenedPackage(
                field(control.get("control"), "Package"), field(control.get("control"), "Version"), files, control);
    }

    private static String field(String control, String name) {
        return control.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, TarFile.Entry> untar(byte[] compressed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return TarFile.read(in.readAllBytes());
        }
    }

    static OpenedPackage apk(Path path) throws IOException {
        ApkFile apk = ApkFile.read(path);
        List<Object> info = ApkFile.list(apk.root().get(1));
        SortedMap<String, Packed> files = new TreeMap<>();
        List<Object> folders = ApkFile.list(apk.root().get(2));
        for (int i = 1; i < folders.size(); i++) {
            List<Object> folder = ApkFile.list(folders.get(i));
            String place = folder.get(1) instanceof byte[] name ? "/" + ApkFile.text(name) + "/" : "/";
            List<Object> items = folder.size() > 3 ? ApkFile.list(folder.get(3)) : List.of();
            for (int j = 1; j < items.size(); j++) {
                List<Object> item = ApkFile.list(items.get(j));
                long mode = (Long) ApkFile.list(item.get(2)).get(1);
                files.put(
                        place + ApkFile.text(item.get(1)),
                        new Packed((int) mode, link(item), ByteBuffer.wrap(apk.content(i, j))));
            }
        }
        Map<String, String> scripts = new TreeMap<>();
        List<Object> written = ApkFile.list(apk.root().get(3));
        for (int i = 1; i < written.size(); i++) {
            if (written.get(i) instanceof byte[] script) {
                scripts.put(APK_SCRIPTS.get(i), ApkFile.text(script));
            }
        }
        return new OpenedPackage(ApkFile.text(info.get(1)), ApkFile.text(info.get(2)), files, scripts);
    }

    private static String link(List<Object> item) {
        if (item.size() <= 6) {
            return "";
        }
        // Two bytes say that it is a link.
        byte[] target = (byte[]) item.get(6);
        return new String(target, 2, target.length - 2, StandardCharsets.UTF_8);
    }
}
