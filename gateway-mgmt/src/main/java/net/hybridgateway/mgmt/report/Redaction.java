package net.hybridgateway.mgmt.report;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.hybridgateway.mgmt.config.AddressPrefix;
import net.hybridgateway.mgmt.config.Secret;

/**
 * Takes out of a report what strangers should not read. For one report: the same address gets the same number throughout,
 * so that what belongs together can still be seen.
 *
 * <ul>
 *   <li>secrets that are known, wherever they stand, and whatever is called a password, token, cookie or the like;
 *   <li>addresses: {@code 192.168.1.20} is {@code 192.168.x.x#1}, {@code 2001:db8:1::20} is {@code 2001:db8:x#2}, and of
 *       hardware addresses the maker's half is left.
 * </ul>
 */
public final class Redaction {
    /** Shorter ones would take ordinary words apart. */
    private static final int SHORTEST_SECRET = 4;

    private static final String SECRET_WORDS =
            "password|passwd|passphrase|secret|token|cookie|session|credentials?|private[_-]?key|psk|pin";
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)(.*[_-])?(" + SECRET_WORDS + ")");
    /** Such as {@code password=x}, {@code Cookie: x} and {@code option password 'x'}. */
    private static final Pattern ASSIGNED =
            Pattern.compile("(?i)\\b(" + SECRET_WORDS + ")(\"?\\s*[=:]\\s*\"?|\\s+'\"?)[^\\s'\",;]+");
    /** Such as {@code mqtts://user:x@host}. */
    private static final Pattern WITH_USER = Pattern.compile("(//[^/\\s:@]+):[^/\\s@]+@");

    private static final Pattern IPV4 = Pattern.compile("(?<![0-9.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?![0-9]|\\.[0-9])");
    private static final Pattern HARDWARE =
            Pattern.compile("(?i)(?<![0-9a-f:])((?:[0-9a-f]{2}:){3})(?:[0-9a-f]{2}:){2}[0-9a-f]{2}(?![0-9a-f:])");
    private static final Pattern IPV6 =
            Pattern.compile("(?i)(?<![0-9a-z:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![0-9a-z:])");

    private final List<String> secrets;
    private final boolean withAddresses;
    private final Set<String> plainAddresses;
    private final Map<InetAddress, Integer> numbers = new HashMap<>();

    /**
     * @param secrets that are known
     * @param withAddresses whether addresses stay as they are
     * @param plainAddresses that stay in any case: those of conversion points are the operator's
     */
    public Redaction(Set<String> secrets, boolean withAddresses, Set<String> plainAddresses) {
        // The longest first: one may be a part of another.
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.withAddresses = withAddresses;
        this.plainAddresses = Set.copyOf(plainAddresses);
    }

    /** A copy of a JSON value with all its texts redacted. */
    public Object json(Object value) {
        return value(value, true);
    }

    /** The same, but addresses stay: for settings, where they were written by the owner. */
    public Object jsonWithAddresses(Object value) {
        return value(value, false);
    }

    private Object value(Object value, boolean addresses) {
        if (value instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.forEach((name, member) -> copy.put(
                    name,
                    SECRET_NAME.matcher(name).matches() && isText(member) ? Secret.SHOWN : value(member, addresses)));
            return copy;
        }
        if (value instanceof JsonArray array) {
            JsonArray copy = new JsonArray(array.size());
            array.forEach(element -> copy.add(value(element, addresses)));
            return copy;
        }
        return value instanceof String text ? text(text, addresses) : value;
    }

    private static boolean isText(Object value) {
        return value instanceof String
                || (value instanceof JsonArray array && array.stream().anyMatch(String.class::isInstance));
    }

    private String text(String text, boolean addresses) {
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, Secret.SHOWN);
        }
        redacted = WITH_USER.matcher(redacted).replaceAll("$1:" + Secret.SHOWN + "@");
        redacted = ASSIGNED.matcher(redacted).replaceAll("$1$2" + Secret.SHOWN);
        return addresses && !withAddresses ? withoutAddresses(redacted) : redacted;
    }

    private String withoutAddresses(String text) {
        String redacted = HARDWARE.matcher(text).replaceAll("$1x");
        redacted = IPV4.matcher(redacted).replaceAll(this::shortened);
        return IPV6.matcher(redacted).replaceAll(this::shortened);
    }

    private String shortened(MatchResult match) {
        String literal = match.group();
        Optional<InetAddress> address = AddressPrefix.address(literal);
        if (address.isEmpty()
                || plainAddresses.contains(literal)
                || address.get().isAnyLocalAddress()) {
            return literal;
        }
        int number = numbers.computeIfAbsent(address.get(), unused -> numbers.size() + 1);
        byte[] bytes = address.get().getAddress();
        String network = bytes.length == 4
                ? (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + ".x.x"
                : Integer.toHexString(((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff)) + ":"
                        + Integer.toHexString(((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff)) + ":x";
        return network + "#" + number;
    }
}
