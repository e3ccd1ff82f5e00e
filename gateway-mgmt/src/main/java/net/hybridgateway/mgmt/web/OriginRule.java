package net.hybridgateway.mgmt.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import net.hybridgateway.mgmt.config.AddressPrefix;

/**
 * Which pages a browser may have had open when it sent a request: none but ours.
 *
 * <p>Against DNS rebinding, the Host header must be the address that the request came to, or a name that no stranger can
 * own. Against forged requests, whatever changes something must come from a page of the same origin, with a header that
 * other origins cannot send (WHATWG Fetch, "CORS-safelisted request-header").
 */
final class OriginRule {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private OriginRule() {}

    /** Why the request is refused; empty if it is not. */
    static Optional<Reply> refusal(Request request) {
        String host = request.header(Request.HOST).orElse("");
        if (!isOurs(host, request)) {
            return Optional.of(Reply.refusal(
                    421,
                    "this page is not to be reached under the name in the Host header: use the gateway's address, "
                            + authority(request.local(), request.secure())));
        }
        if (request.header(Request.FETCH_SITE).filter("cross-site"::equals).isPresent()
                && !(request.reads() && request.path().equals("/"))) {
            return Optional.of(Reply.refusal(403, "the request comes from another site"));
        }
        return request.reads() ? Optional.empty() : refusalOfChange(request, host);
    }

    private static Optional<Reply> refusalOfChange(Request request, String host) {
        String ours = (request.secure() ? "https://" : "http://") + host;
        if (!request.header(Request.ORIGIN).map(ours::equalsIgnoreCase).orElse(Boolean.FALSE)) {
            return Optional.of(Reply.refusal(403, "the Origin header is missing, or of another site"));
        }
        if (request.header(Request.TOKEN).isEmpty()) {
            return Optional.of(Reply.refusal(403, "the header X-Hybrid-Gateway is missing"));
        }
        if (!request.header(Request.CONTENT_TYPE)
                .map(type -> type.toLowerCase(Locale.ROOT).matches("application/json( *;.*)?"))
                .orElse(Boolean.FALSE)) {
            return Optional.of(Reply.refusal(415, "the content type must be application/json"));
        }
        return Optional.empty();
    }

    private static boolean isOurs(String host, Request request) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        String name = hasPort ? host.substring(0, colon) : host;
        String port = hasPort ? host.substring(colon + 1) : "";
        if (request.peer().getAddress().isLoopbackAddress() && isLoopbackName(name)) {
            return true; // over a tunnel, which has a port of its own
        }
        int wanted = request.local().getPort();
        return (port.isEmpty() ? wanted == (request.secure() ? HTTPS_PORT : HTTP_PORT) : port.equals(wanted + ""))
                && (isLocalName(name) || isAddress(name, request.local().getAddress()));
    }

    private static boolean isLoopbackName(String name) {
        return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
    }

    private static boolean isAddress(String name, InetAddress local) {
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String literal = bracketed ? name.substring(1, name.length() - 1) : name;
        return AddressPrefix.address(literal)
                .filter(address -> bracketed == literal.contains(":"))
                .map(address -> Arrays.equals(address.getAddress(), local.getAddress()))
                .orElse(Boolean.FALSE);
    }

    /**
     * Names that the internet's name service does not give away: without a dot, or under a domain kept for homes (RFC 6762,
     * RFC 8375; "internal" by ICANN; "lan" is what OpenWrt uses, and no registry has it).
     */
    private static boolean isLocalName(String name) {
        return name.length() <= 253
                && name.toLowerCase(Locale.ROOT)
                        .matches("[a-z]([a-z0-9-]*[a-z0-9])?|([a-z0-9-]+\\.)+(lan|local|internal|home\\.arpa)");
    }

    private static String authority(InetSocketAddress local, boolean secure) {
        String literal = local.getAddress().getHostAddress().replaceFirst("%.*", "");
        return (secure ? "https://" : "http://") + (literal.contains(":") ? "[" + literal + "]" : literal) + ":"
                + local.getPort();
    }
}
