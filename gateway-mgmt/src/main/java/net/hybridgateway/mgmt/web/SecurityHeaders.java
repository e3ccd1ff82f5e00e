package net.hybridgateway.mgmt.web;

import java.util.Map;

/** What every answer tells the browser not to do. */
final class SecurityHeaders {
    /** Nothing from elsewhere, nothing inside the page's text, no frames (Content Security Policy, level 3). */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    /** Browsers ignore it over plain HTTP, and complain. */
    static final Map<String, String> OVER_TLS = Map.of("Cross-Origin-Opener-Policy", "same-origin");

    private SecurityHeaders() {}
}
