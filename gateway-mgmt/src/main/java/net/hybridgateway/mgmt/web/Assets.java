package net.hybridgateway.mgmt.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of the page, from the jar. A path is looked up in a list and never becomes the name of a file, so there is no way
 * out of it.
 */
final class Assets {
    /** The page that a path without a name stands for. */
    enum Page {
        CHOOSE_PASSWORD("first.html"),
        LOGIN("login.html"),
        GATEWAY("gateway.html");

        private final String file;

        Page(String file) {
            this.file = file;
        }
    }

    /** Who may have a file. */
    enum Audience {
        /** Also who does not know the password: the files of the first two pages. */
        EVERYBODY,
        LOGGED_IN
    }

    /** A file. */
    record Asset(String type, String tag, String text) {
        Reply reply(Request request) {
            boolean known = request.header(Request.IF_NONE_MATCH)
                    .map(tags -> Arrays.asList(tags.split(" *, *", -1)).contains(tag))
                    .orElse(Boolean.FALSE);
            return new Reply(
                    known ? 304 : 200, type, Map.of("ETag", tag, "Cache-Control", "no-cache"), known ? "" : text);
        }
    }

    private static final int TAG_BYTES = 12;

    private static final List<String> OPEN =
            List.of("style.css", "icon.svg", "first.js", "login.js", "api.js", "dom.js", "texts.js", "password.js");

    private static final List<String> CLOSED = List.of(
            "backup.js",
            "chart.js",
            "changes.js",
            "connections.js",
            "events.js",
            "format.js",
            "gateway.js",
            "live.js",
            "mqtt.js",
            "overview.js",
            "points.js",
            "settings.js",
            "tests.js",
            "uci.js",
            "uplinks.js");

    private static final Map<String, Audience> BY_PATH = Stream.concat(
                    OPEN.stream().map(name -> Map.entry("/" + name, Audience.EVERYBODY)),
                    CLOSED.stream().map(name -> Map.entry("/" + name, Audience.LOGGED_IN)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final Function<String, InputStream> files;
    private final Map<String, Asset> loaded = new ConcurrentHashMap<>();

    private Assets(Function<String, InputStream> files) {
        this.files = files;
    }

    static Assets ofJar() {
        return new Assets(name -> Assets.class.getResourceAsStream("page/" + name));
    }

    /** Who may have the file at this path; empty if there is none. */
    Optional<Audience> audience(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }

    /** All paths. */
    static Set<String> paths() {
        return BY_PATH.keySet();
    }

    /** The file at a path that has an audience. */
    Asset file(String path) {
        return loaded.computeIfAbsent(path.substring(1), this::load);
    }

    Asset page(Page page) {
        return loaded.computeIfAbsent(page.file, this::load);
    }

    private Asset load(String name) {
        try (InputStream in = files.apply(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks page/" + name);
            }
            byte[] bytes = in.readAllBytes();
            byte[] digest = Digests.sha256().digest(bytes);
            return new Asset(
                    type(name),
                    '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"',
                    new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }
}
