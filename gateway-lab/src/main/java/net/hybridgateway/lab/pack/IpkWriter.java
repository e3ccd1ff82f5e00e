package net.hybridgateway.lab.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes packages for opkg (OpenWrt 24.10): a compressed tar of three files, of which one holds what is installed and one what
 * the package says of itself.
 */
final class IpkWriter {
    private final PackageInfo info;

    IpkWriter(PackageInfo info) {
        this.info = info;
    }

    /** The name of the file, by which opkg and people know what it is. */
    String fileName() {
        return info.name() + "_" + info.version() + "_" + info.architecture() + ".ipk";
    }

    /** Writes the package into a folder and gives its path. */
    Path write(PackageTree tree, Path folder) throws IOException {
        CountedBytes data = new CountedBytes();
        try (TarWriter tar = new TarWriter(data.uncompressed())) {
            tar.tree(tree);
        }
        Path file = folder.resolve(fileName());
        try (TarWriter tar = new TarWriter(new Gzip(Files.newOutputStream(file)))) {
            tar.file("./debian-binary", 0644, bytes("2.0\n"));
            tar.file("./data.tar.gz", 0644, data.compressed.toByteArray());
            tar.file("./control.tar.gz", 0644, control(data.count));
        }
        return file;
    }

    private byte[] control(long installedSize) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(new Gzip(bytes))) {
            tar.folder("./");
            if (!info.settings().isEmpty()) {
                tar.file("./conffiles", 0644, bytes(String.join("\n", info.settings()) + "\n"));
            }
            tar.file("./control", 0644, bytes(describe(installedSize)));
            tar.file("./postinst", 0755, bytes(InstallScripts.opkgPostinst()));
            script(tar, "./postinst-pkg", info.scripts().postinst());
            script(tar, "./postrm", info.scripts().postrm());
            script(tar, "./preinst", info.scripts().preinst());
            tar.file("./prerm", 0755, bytes(InstallScripts.opkgPrerm()));
        }
        return bytes.toByteArray();
    }

    private static void script(TarWriter tar, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            tar.file(name, 0755, bytes(text.get()));
        }
    }

    private String describe(long installedSize) {
        StringBuilder text = new StringBuilder();
        field(text, "Package", info.name());
        field(text, "Version", info.version());
        if (!info.depends().isEmpty()) {
            // "runtime=0.1.0-r1" is "runtime (= 0.1.0-r1)" here.
            field(text, "Depends", String.join(", ", info.depends()).replaceAll("=([^,]+)", " (= $1)"));
        }
        field(text, "Source", info.name());
        field(text, "SourceName", info.name());
        field(text, "License", info.license());
        field(text, "Section", "net");
        info.userAndGroup().ifPresent(user -> field(text, "Require-User", user));
        field(text, "Maintainer", PackageInfo.MAINTAINER);
        field(text, "Architecture", info.architecture());
        field(text, "Installed-Size", String.valueOf(installedSize));
        field(text, "Description", info.description());
        return text.toString();
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As small as it gets; the stream's header has neither a time nor a name. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    /** Compresses, and counts what it compresses. */
    private static final class CountedBytes {
        private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        private long count;

        OutputStream uncompressed() throws IOException {
            OutputStream gzip = new Gzip(compressed);
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    gzip.write(b);
                    count++;
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    gzip.write(bytes, offset, length);
                    count += length;
                }

                @Override
                public void close() throws IOException {
                    gzip.close();
                }
            };
        }
    }
}
