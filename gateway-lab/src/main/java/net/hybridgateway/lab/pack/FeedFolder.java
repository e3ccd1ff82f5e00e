package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A feed for OpenWrt's build system, ready to be used: a Makefile, and beside it an archive with what both packages hold. The
 * Makefile in the checkout has holes like {@code @VERSION@}; what fills them is what our own packages say of themselves.
 */
final class FeedFolder {
    private static final Pattern HOLE = Pattern.compile("@([A-Z]+(?:_[A-Z]+)*)@");
    private static final Pattern VERSION = Pattern.compile("(.+)-r([0-9]+)");

    private final PackageInfo application;
    private final PackageInfo runtime;
    private final String version;
    private final String release;

    FeedFolder(PackageInfo application, PackageInfo runtime) {
        Matcher parts = VERSION.matcher(application.version());
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a version with a release: " + application.version());
        }
        this.application = application;
        this.runtime = runtime;
        this.version = parts.group(1);
        this.release = parts.group(2);
    }

    /** The name of the archive: OpenWrt keeps those of all packages in one folder. */
    String archiveName() {
        return application.name() + "-" + version + "-r" + release + "-aarch64.tar.gz";
    }

    /**
     * Writes archive, its hash, and Makefile.
     *
     * @param template the Makefile with the holes
     * @param applicationRoot what every router gets
     * @param runtimeRoot program, Java and C library
     * @param into the folder that the Makefile goes into
     * @return the archive
     */
    Path write(Path template, PackageTree applicationRoot, PackageTree runtimeRoot, Path into) throws IOException {
        Path archive = Files.createDirectories(into.resolve("dist")).resolve(archiveName());
        // Where OpenWrt's build system looks for it.
        String top = "./" + application.name() + "-" + version + "/";
        try (TarWriter tar = new TarWriter(new BestGzip(archive))) {
            tar.folder(top);
            tar.tree(applicationRoot, top + "application/");
            tar.tree(runtimeRoot, top + "runtime/");
        }
        String hash = HexFormat.of().formatHex(ApkWriter.sha256(Files.readAllBytes(archive)));
        // In the form of sha256sum(1).
        Files.writeString(archive.resolveSibling(archiveName() + ".sha256"), hash + "  " + archiveName() + "\n");
        Files.writeString(into.resolve("Makefile"), fill(Files.readString(template), hash));
        return archive;
    }

    private String fill(String template, String hash) {
        return HOLE.matcher(template)
                .replaceAll(hole -> Matcher.quoteReplacement(content(hole.group(1), hash)
                        .orElseThrow(() -> new IllegalArgumentException("nobody fills " + hole.group()))));
    }

    private Optional<String> content(String hole, String hash) {
        return switch (hole) {
            case "VERSION" -> Optional.of(version);
            case "RELEASE" -> Optional.of(release);
            case "ARCHIVE" -> Optional.of(archiveName());
            case "HASH" -> Optional.of(hash);
            case "LICENSE" -> Optional.of(runtime.license());
            case "MAINTAINER" -> Optional.of(PackageInfo.MAINTAINER);
            case "DEPENDS" ->
                Optional.of(String.join(
                        " ",
                        application.depends().stream()
                                .filter(depend -> !depend.startsWith(runtime.name() + "="))
                                .map(depend -> "+" + depend)
                                .toList()));
            case "USER" -> application.userAndGroup();
            case "DESCRIPTION" -> Optional.of(application.description());
            case "RUNTIME_DESCRIPTION" -> Optional.of(runtime.description());
            case "SETTINGS" -> Optional.of(String.join("\n", application.settings()));
            case "SCRIPTS" -> Optional.of(scripts(application));
            case "RUNTIME_SCRIPTS" -> Optional.of(scripts(runtime));
            default -> Optional.empty();
        };
    }

    private static String scripts(PackageInfo info) {
        OwnScripts own = info.scripts();
        return define(info, "preinst", own.preinst())
                + define(info, "postinst", own.postinst())
                + define(info, "postrm", own.postrm());
    }

    private static String define(PackageInfo info, String kind, Optional<String> script) {
        // make takes a dollar for one of its own variables.
        return script.map(text -> "define Package/" + info.name() + "/" + kind + "\n"
                        + text.strip().replace("$", "$$") + "\nendef\n\n")
                .orElse("");
    }

    /** As small as it gets; the stream's header has neither a time nor a name. */
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(Path file) throws IOException {
            super(Files.newOutputStream(file));
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
