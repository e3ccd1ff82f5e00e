package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes packages for apk (OpenWrt 25.12): version 3 of its format, apk-v3(5), not signed. First comes a block that describes the
 * package and each file, then one block for each file that is not empty.
 */
final class ApkWriter {
    /** What apk calls a package that fits everywhere. */
    static final String ANY = "noarch";

    private static final String DEFLATED = "ADBd";
    private static final String MAGIC = "ADB.";
    private static final String PACKAGE_SCHEMA = "pckg";
    private static final int DESCRIPTION_BLOCK = 0;
    private static final int DATA_BLOCK = 2;
    private static final int ALIGNMENT = 8;
    private static final int MOST_BLOCK_BYTES = 1 << 30;
    private static final int UNIQUE_ID_BYTES = 20;
    private static final short SYMBOLIC_LINK = (short) 0120000;

    private final PackageInfo info;
    private final AdbBlock block = new AdbBlock();
    private final List<DataBlock> contents = new ArrayList<>();

    /** The content of a file, by the places of folder and file in their lists, counted from 1. */
    private record DataBlock(int folder, int file, Path source) {}

    ApkWriter(PackageInfo info) {
        this.info = info;
    }

    /** The name of the file; apk's has no architecture, so such files belong into folders. */
    String fileName() {
        return info.name() + "-" + info.version() + ".apk";
    }

    /** Writes the package into a folder and gives its path; a writer writes once. */
    Path write(PackageTree tree, Path folder) throws IOException {
        byte[] description = describe(tree);
        Path file = folder.resolve(fileName());
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(DEFLATED.getBytes(StandardCharsets.US_ASCII));
            try (OutputStream deflated = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION, true))) {
                deflated.write((MAGIC + PACKAGE_SCHEMA).getBytes(StandardCharsets.US_ASCII));
                writeBlock(deflated, DESCRIPTION_BLOCK, description, new byte[0]);
                for (DataBlock content : contents) {
                    byte[] place = AdbBlock.little(8)
                            .putInt(content.folder())
                            .putInt(content.file())
                            .array();
                    writeBlock(deflated, DATA_BLOCK, place, Files.readAllBytes(content.source()));
                }
            }
        }
        return file;
    }

    private static void writeBlock(OutputStream out, int type, byte[] first, byte[] second) throws IOException {
        int length = Integer.BYTES + first.length + second.length;
        if (length >= MOST_BLOCK_BYTES) {
            throw new IOException("a block of " + length + " bytes");
        }
        out.write(AdbBlock.little(Integer.BYTES).putInt((type << 30) | length).array());
        out.write(first);
        out.write(second);
        out.write(new byte[-length & (ALIGNMENT - 1)]);
    }

    private byte[] describe(PackageTree tree) throws IOException {
        List<Integer> folders = new ArrayList<>();
        long size = 0;
        for (PackageTree.Folder folder : tree.folders()) {
            List<Integer> files = new ArrayList<>();
            for (PackageTree.Item item : folder.items()) {
                files.add(item.link().isPresent() ? link(item) : file(item, folders.size() + 1, files.size() + 1));
                size += item.link().isPresent() ? 0 : Files.size(item.source());
            }
            folders.add(object(1, block.text(folder.path()), 2, rights(0755), 3, block.array(files)));
        }
        int uniqueId = block.blank(UNIQUE_ID_BYTES);
        int root = object(1, about(uniqueId, size), 2, block.array(folders), 3, scripts());
        byte[] description = block.finish(root);
        // What tells two builds of one version apart: a hash of all this, with zeros in its own place.
        byte[] hash = sha256(description);
        System.arraycopy(hash, 0, description, AdbBlock.contentOffset(uniqueId), UNIQUE_ID_BYTES);
        return description;
    }

    private int about(int uniqueId, long size) {
        SortedMap<Integer, Integer> fields = new TreeMap<>();
        fields.put(1, block.text(info.name()));
        fields.put(2, block.text(info.version()));
        fields.put(3, uniqueId);
        fields.put(4, block.text(info.description()));
        fields.put(5, block.text(info.architecture().equals(PackageInfo.ANY) ? ANY : info.architecture()));
        fields.put(6, block.text(info.license()));
        fields.put(7, block.text(info.name()));
        fields.put(8, block.text(PackageInfo.MAINTAINER));
        fields.put(12, block.number(Math.max(1, size)));
        fields.put(
                15,
                block.array(
                        info.depends().stream().sorted().map(this::dependency).toList()));
        return block.object(fields);
    }

    /** apk's third field says how versions are compared; nothing is "=". */
    private int dependency(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? object(1, block.text(text))
                : object(1, block.text(text.substring(0, equals)), 2, block.text(text.substring(equals + 1)));
    }

    private int scripts() {
        SortedMap<Integer, Integer> fields = new TreeMap<>();
        info.scripts().preinst().ifPresent(script -> fields.put(2, block.text(script)));
        fields.put(3, block.text(InstallScripts.apkPostInstall(info)));
        fields.put(4, block.text(InstallScripts.apkPreDeinstall(info)));
        info.scripts().postrm().ifPresent(script -> fields.put(5, block.text(script)));
        InstallScripts.apkPreUpgrade(info).ifPresent(script -> fields.put(6, block.text(script)));
        fields.put(7, block.text(InstallScripts.apkPostUpgrade(info)));
        return block.object(fields);
    }

    private int file(PackageTree.Item item, int folder, int file) throws IOException {
        byte[] content = item.content();
        if (content.length > 0) {
            contents.add(new DataBlock(folder, file, item.source()));
        }
        return object(
                1, block.text(item.name()),
                2, rights(item.mode()),
                3, block.number(content.length),
                4, block.number(0),
                5, block.blob(sha256(content)));
    }

    private int link(PackageTree.Item item) {
        byte[] target = item.link().orElseThrow().getBytes(StandardCharsets.UTF_8);
        byte[] typeAndTarget = AdbBlock.little(2 + target.length)
                .putShort(SYMBOLIC_LINK)
                .put(target)
                .array();
        return object(
                1, block.text(item.name()), 2, rights(item.mode()), 4, block.number(0), 6, block.blob(typeAndTarget));
    }

    private int rights(int mode) {
        return object(1, block.number(mode), 2, block.text("root"), 3, block.text("root"));
    }

    /** Numbers of fields, each with its value. */
    private int object(int... numbersAndValues) {
        SortedMap<Integer, Integer> fields = new TreeMap<>();
        for (int i = 0; i < numbersAndValues.length; i += 2) {
            fields.put(numbersAndValues[i], numbersAndValues[i + 1]);
        }
        return block.object(fields);
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
