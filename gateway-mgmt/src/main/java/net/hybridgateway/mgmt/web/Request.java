package net.hybridgateway.mgmt.web;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A whole request, as far as this server looks at it.
 *
 * @param path as it was sent, without query; never decoded, for it is only compared
 * @param headers those of {@link #READ_HEADERS} that are there, by their names in lower case
 * @param body at most {@link WebLimits#BODY_BYTES}
 * @param peer who sent it
 * @param local the address of this gateway that it came to
 * @param secure whether it came over TLS
 */
record Request(
        String method,
        String path,
        Map<String, String> headers,
        String body,
        InetSocketAddress peer,
        InetSocketAddress local,
        boolean secure) {
    static final String HOST = "host";
    static final String ORIGIN = "origin";
    static final String COOKIE = "cookie";
    static final String CONTENT_TYPE = "content-type";
    static final String FETCH_SITE = "sec-fetch-site";
    static final String IF_NONE_MATCH = "if-none-match";

    /** Our own header: a page of another origin cannot send it without asking first, and is not told yes. */
    static final String TOKEN = "x-hybrid-gateway";

    static final List<String> READ_HEADERS =
            List.of(HOST, ORIGIN, COOKIE, CONTENT_TYPE, FETCH_SITE, IF_NONE_MATCH, TOKEN);

    /** The parser calls itself for each level. */
    private static final int MAX_BRACKETS = 16;

    Request {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(local, "local");
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The body as a small JSON object; empty if it is none. */
    Optional<JsonObject> json() {
        if (body.chars().filter(c -> c == '{' || c == '[').count() > MAX_BRACKETS) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonParser.object().from(body));
        } catch (JsonParserException e) {
            return Optional.empty();
        }
    }

    /** The value of a cookie (RFC 6265 §4.2.1). */
    Optional<String> cookie(String name) {
        for (String pair : headers.getOrDefault(COOKIE, "").split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                return Optional.of(pair.substring(equals + 1).strip());
            }
        }
        return Optional.empty();
    }
}
