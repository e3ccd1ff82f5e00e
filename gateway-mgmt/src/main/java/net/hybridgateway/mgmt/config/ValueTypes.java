package net.hybridgateway.mgmt.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.hybridgateway.scheduler.quota.Quota;
import net.hybridgateway.scheduler.quota.WeeklyWindow;
import net.hybridgateway.scheduler.traffic.PortRange;

/** The types that options have. */
final class ValueTypes {
    /** The kernel's rule (dev_valid_name): IFNAMSIZ is 16 with the final NUL. */
    private static final Pattern DEVICE_NAME = Pattern.compile("(?!\\.{1,2}$)[!-~&&[^/:]]{1,15}");

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");

    /** RFC 1123 §2.1, with the final dot that marks a name as absolute; a last label of digits only is no name. */
    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}\\.?$)([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\\.)*"
                    + "(?![0-9]+\\.?$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.?");

    /** The words of uci's own config_get_bool. */
    private static final List<String> TRUE_WORDS = List.of("1", "yes", "on", "true", "enabled");

    private static final List<String> FALSE_WORDS = List.of("0", "no", "off", "false", "disabled");

    private static final long MIN_RATE = 1_000;
    private static final long MAX_RATE = 100_000_000_000L;

    private static final long MIN_QUOTA = 1_000_000;

    private static final int MOST_TEXT_CHARS = 256;

    private static final Pattern TOPIC_PREFIX = Pattern.compile("(?=.{1,128}$)[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*");

    private static final Pattern TIME_FORM = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])");

    private static final Pattern LISTEN_FORM =
            Pattern.compile("(?:\\[([^\\[\\]]{2,45})\\]|([0-9.]{7,15})):([0-9]{1,5})");

    private static final Pattern PORTS_FORM = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    static final ValueType<Boolean> BOOLEAN = new ValueType<>(
            "1 or 0 (or yes, no, on, off, true, false, enabled, disabled)",
            ValueType.Form.BOOLEAN,
            List.of(),
            text -> TRUE_WORDS.contains(text)
                    ? Optional.of(true)
                    : FALSE_WORDS.contains(text) ? Optional.of(false) : Optional.empty());

    static final ValueType<String> DEVICE = new ValueType<>(
            "the name of a network device, at most 15 characters, without blanks, '/' and ':'", matching(DEVICE_NAME));

    static final ValueType<String> WORD =
            new ValueType<>("a word of letters, digits, '_', '.' and '-', at most 32 characters", matching(LABEL));

    static final ValueType<AddressPrefix> PREFIX =
            new ValueType<>("an address or prefix, like 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32", ValueTypes::prefix);

    static final ValueType<String> PREFIX_OR_NAME = new ValueType<>(
            "an address, a prefix or a DNS name",
            text -> prefix(text).isPresent()
                    ? Optional.of(text)
                    : matching(DNS_NAME).apply(text));

    static final ValueType<String> HOST = new ValueType<>(
            "an IP address or a DNS name",
            text -> AddressPrefix.address(text).isPresent()
                    ? Optional.of(text)
                    : matching(DNS_NAME).apply(text));

    static final ValueType<Path> ABSOLUTE_PATH = new ValueType<>("an absolute path", ValueTypes::absolutePath);

    static final ValueType<Integer> PORT = number(1, 65535);

    static final ValueType<PortRange> PORTS =
            new ValueType<>("a port or a range of ports from 1 to 65535, like 443 or 5060-5061", ValueTypes::ports);

    static final ValueType<Long> SIZE = new ValueType<>(
            "a size from 1MB to 1000TB, like 500MB, 20GB or 1.5TB (1GB is 1000000000 bytes)",
            text -> QuantityText.BYTES.parse(text).filter(bytes -> MIN_QUOTA <= bytes && bytes <= Quota.MOST_BYTES));

    static final ValueType<Long> RATE = new ValueType<>(
            "a rate from 1kbit to 100gbit, like 640kbit, 16mbit or 1gbit (per second, 1mbit is 1000000 bits)",
            text -> QuantityText.BITS_PER_SECOND.parse(text).filter(rate -> MIN_RATE <= rate && rate <= MAX_RATE));

    static final ValueType<WeeklyWindow> WINDOW = new ValueType<>(
            "hours of some days, like mon-fri 08:00-18:00 or sat,sun 00:00-24:00; without days, of every day",
            WindowText::parse);

    static final ValueType<ZoneId> TIME_ZONE = new ValueType<>(
            "a time zone, like Europe/Berlin or UTC", ValueType.Form.CHOICE, zoneNames(), ValueTypes::zone);

    static final ValueType<LocalTime> TIME_OF_DAY = new ValueType<>("a time of day, like 03:10", ValueTypes::timeOfDay);

    static final ValueType<BrokerAddress> BROKER = new ValueType<>(
            "mqtt://HOST or mqtts://HOST, with :PORT if it is not 1883 or 8883; an IPv6 address in brackets",
            BrokerAddress::parse);

    /** MQTT 5.0 §4.7: without wildcards; without the dollar sign of a broker's own topics; levels not empty. */
    static final ValueType<String> TOPIC = new ValueType<>(
            "words of letters, digits, '_', '.' and '-', parted by '/', at most 128 characters",
            matching(TOPIC_PREFIX));

    static final ValueType<String> TEXT = new ValueType<>(
            "a text of at most 256 characters", text -> Optional.of(text).filter(it -> it.length() <= MOST_TEXT_CHARS));

    static final ValueType<Secret> SECRET = new ValueType<>(
            "a text of at most 256 characters", text -> TEXT.parse(text).map(Secret::new));

    static final ValueType<InetSocketAddress> LISTEN =
            new ValueType<>("an address and a port, like 192.168.1.1:8480 or [fd00::1]:8480", ValueTypes::listen);

    private ValueTypes() {}

    /** A size within bounds, which are said in the largest unit that suits them. */
    static ValueType<Long> size(String least, String most) {
        long min = QuantityText.BYTES.parse(least).orElseThrow();
        long max = QuantityText.BYTES.parse(most).orElseThrow();
        return new ValueType<>(
                "a size from " + least + " to " + most + ", like 16kB (1kB is 1000 bytes)",
                text -> QuantityText.BYTES.parse(text).filter(bytes -> min <= bytes && bytes <= max));
    }

    static ValueType<Integer> number(int min, int max) {
        return new ValueType<>("a number from " + min + " to " + max, ValueType.Form.NUMBER, List.of(), text -> {
            if (!text.matches("[0-9]{1,9}")) {
                return Optional.empty();
            }
            int number = Integer.parseInt(text);
            return number >= min && number <= max ? Optional.of(number) : Optional.empty();
        });
    }

    /** The same type, but for some values that are refused for a reason. */
    static <T> ValueType<T> but(ValueType<T> type, Collection<T> refused, String reason) {
        return new ValueType<>(type.allowed(), type.form(), type.words(), text -> {
            Optional<T> value = type.parse(text);
            if (value.isPresent() && refused.contains(value.get())) {
                throw new BadValueException(reason);
            }
            return value;
        });
    }

    static ValueType<Duration> duration(Duration min, Duration max) {
        return new ValueType<>(
                "a duration from " + DurationText.of(min) + " to " + DurationText.of(max) + ", like 30s, 5m or 2h4m",
                text -> DurationText.parse(text)
                        .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0));
    }

    /** One of the constants, each written as {@code word} says. */
    static <T> ValueType<T> oneOf(Collection<T> constants, Function<T, String> word) {
        Map<String, T> byWord = new LinkedHashMap<>();
        constants.forEach(constant -> byWord.put(word.apply(constant), constant));
        List<String> words = List.copyOf(byWord.keySet());
        return new ValueType<>(
                enumeration(words), ValueType.Form.CHOICE, words, text -> Optional.ofNullable(byWord.get(text)));
    }

    /** One of the constants, each written in lower case and with hyphens. */
    static <E extends Enum<E>> ValueType<E> oneOf(E[] constants) {
        return oneOf(
                List.of(constants),
                constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The same type, but for one word that a later version will know. */
    static <T> ValueType<T> withLaterWord(ValueType<T> type, String laterWord) {
        return new ValueType<>(type.allowed(), type.form(), type.words(), text -> {
            if (text.equals(laterWord)) {
                throw new BadValueException("'" + laterWord + "' is not available in this version");
            }
            return type.parse(text);
        });
    }

    private static String enumeration(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static Function<String, Optional<String>> matching(Pattern pattern) {
        return text -> Optional.of(text).filter(pattern.asMatchPredicate());
    }

    private static Optional<AddressPrefix> prefix(String text) {
        Optional<AddressPrefix> prefix = AddressPrefix.parse(text);
        if (prefix.isPresent() && !prefix.get().isNetwork()) {
            throw new BadValueException("the address has bits set behind the first "
                    + prefix.get().length() + "; the prefix is " + prefix.get().network());
        }
        return prefix;
    }

    private static Optional<PortRange> ports(String text) {
        Matcher matcher = PORTS_FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Integer> first = PORT.parse(matcher.group(1));
        Optional<Integer> last = matcher.group(2) == null ? first : PORT.parse(matcher.group(2));
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        if (last.get() < first.get()) {
            throw new BadValueException("the range ends before it begins");
        }
        return Optional.of(new PortRange(first.get(), last.get()));
    }

    private static List<String> zoneNames() {
        return ZoneId.getAvailableZoneIds().stream().sorted().toList();
    }

    /** Names only: an offset would be wrong for half of the year. */
    private static Optional<ZoneId> zone(String text) {
        return ZoneId.getAvailableZoneIds().contains(text) ? Optional.of(ZoneId.of(text)) : Optional.empty();
    }

    private static Optional<LocalTime> timeOfDay(String text) {
        Matcher matcher = TIME_FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(LocalTime.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    private static Optional<InetSocketAddress> listen(String text) {
        Matcher matcher = LISTEN_FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<InetAddress> address =
                AddressPrefix.address(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        Optional<Integer> port = PORT.parse(matcher.group(3));
        if (address.isPresent() && address.get().isAnyLocalAddress()) {
            throw new BadValueException("that would be open to the Internet, too: write an address of the LAN");
        }
        return address.flatMap(host -> port.map(number -> new InetSocketAddress(host, number)));
    }

    private static Optional<Path> absolutePath(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
