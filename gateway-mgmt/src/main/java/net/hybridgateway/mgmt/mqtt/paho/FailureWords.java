package net.hybridgateway.mgmt.mqtt.paho;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in plain words why there is no connection. */
final class FailureWords {
    private static final String ENDED = "the connection was closed or reset";

    private FailureWords() {}

    /**
     * Of a network or TLS failure.
     *
     * @param host the broker as it is configured
     * @param authorities where the certificates of authorities come from
     */
    static String of(Throwable failure, String host, String authorities) {
        List<Throwable> causes = deepestFirst(failure);
        for (Throwable cause : causes) {
            Optional<String> words = certificate(cause, host, authorities);
            if (words.isPresent()) {
                return words.get();
            }
        }
        for (Throwable cause : causes) {
            Optional<String> words = network(cause, host);
            if (words.isPresent()) {
                return words.get();
            }
        }
        return text(causes.get(0));
    }

    private static List<Throwable> deepestFirst(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(0, cause);
        }
        return causes;
    }

    private static Optional<String> certificate(Throwable cause, String host, String authorities) {
        if (cause instanceof CertificateNotYetValidException) {
            return Optional.of("by this gateway's clock, the broker's certificate is not valid yet ("
                    + cause.getMessage() + "): the clock is probably wrong");
        }
        if (cause instanceof CertificateExpiredException) {
            return Optional.of("the broker's certificate has expired (" + cause.getMessage() + ")");
        }
        if (cause instanceof CertPathBuilderException) {
            return Optional.of("the broker's certificate was not issued by an authority in " + authorities);
        }
        if (cause instanceof CertPathValidatorException && cause.getCause() == null) {
            return Optional.of("the broker's certificate is not to be trusted: " + cause.getMessage());
        }
        if (cause instanceof CertificateException && cause.getCause() == null) {
            return Optional.of("the broker's certificate is not one of " + host + ": " + cause.getMessage());
        }
        return Optional.empty();
    }

    private static Optional<String> network(Throwable cause, String host) {
        if (cause instanceof UnknownHostException) {
            return Optional.of("the name " + host + " cannot be resolved");
        }
        if (cause instanceof SocketTimeoutException) {
            return Optional.of("no answer");
        }
        if (cause instanceof NoRouteToHostException) {
            return Optional.of("no route");
        }
        if (cause instanceof ConnectException) {
            return Optional.of("the connection was refused");
        }
        if (cause instanceof SSLException) {
            return Optional.of(tls(text(cause)));
        }
        return isEnd(cause) ? Optional.of(ENDED) : Optional.empty();
    }

    /** The library has several words for it. */
    private static boolean isEnd(Throwable cause) {
        String text = text(cause);
        return cause instanceof EOFException
                || cause instanceof SocketException
                || text.contains("reset by peer")
                || text.contains("Broken pipe");
    }

    /**
     * Of a failure to connect over TLS. In TLS 1.3, a client has finished the handshake before the server judges its certificate
     * (RFC 8446 §2): a server that does not like it hangs up, and its alert may get lost on the way.
     */
    static String ofConnecting(Throwable failure, String host, String authorities) {
        String words = of(failure, host, authorities);
        return words.equals(ENDED)
                ? ENDED
                        + " in the TLS handshake or just after it: the broker may be out of reach, or not accept the gateway's"
                        + " certificate (cert_file), or want one"
                : words;
    }

    private static String tls(String text) {
        if (text.contains("certificate_required") || text.contains("bad_certificate") || text.contains("unknown_ca")) {
            return "the broker does not accept the gateway's certificate (cert_file), or wants one: " + text;
        }
        if (text.contains("Unsupported or unrecognized SSL message")) {
            return "the broker does not speak TLS on this port: is it mqtt:// instead of mqtts://?";
        }
        return text.contains("peer shut down")
                        || text.contains("terminated the handshake")
                        || text.contains("readHandshakeRecord")
                ? ENDED
                : "TLS failed: " + text;
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
