package net.hybridgateway.mgmt.config;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an MQTT broker is: {@code mqtt://HOST[:PORT]} or, over TLS, {@code mqtts://HOST[:PORT]}.
 *
 * @param host an address literal, without brackets, or a DNS name
 * @param port 1 to 65535
 */
public record BrokerAddress(boolean tls, String host, int port) {
    /** Registered with IANA as {@code mqtt}. */
    public static final int PLAIN_PORT = 1883;

    /** Registered with IANA as {@code secure-mqtt}. */
    public static final int TLS_PORT = 8883;

    private static final Pattern FORM =
            Pattern.compile("(mqtts?)://(?:\\[([0-9A-Fa-f:.]{2,45})\\]|([^\\[\\]:/@]{1,254}))(?::([0-9]{1,5}))?/?");

    public BrokerAddress {
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    static Optional<BrokerAddress> parse(String text) {
        if (text.startsWith("mqtt") && text.indexOf('@') >= 0) {
            throw new BadValueException("name and password do not belong here: write 'username' and 'password_file'");
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean tls = matcher.group(1).equals("mqtts");
        boolean bracketed = matcher.group(2) != null;
        String host = bracketed ? matcher.group(2) : matcher.group(3);
        boolean goodHost = bracketed
                ? AddressPrefix.address(host).isPresent() && host.indexOf(':') >= 0
                : ValueTypes.HOST.parse(host).isPresent();
        Optional<Integer> port = matcher.group(4) == null
                ? Optional.of(tls ? TLS_PORT : PLAIN_PORT)
                : ValueTypes.PORT.parse(matcher.group(4));
        return port.filter(number -> goodHost).map(number -> new BrokerAddress(tls, host, number));
    }

    /** The whole URL, its port always written. */
    @Override
    public String toString() {
        return (tls ? "mqtts://" : "mqtt://") + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
