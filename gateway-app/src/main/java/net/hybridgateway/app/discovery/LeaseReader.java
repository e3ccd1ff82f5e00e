package net.hybridgateway.app.discovery;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.hybridgateway.app.convert.ByteString;
import net.hybridgateway.mgmt.config.AddressPrefix;
import net.hybridgateway.mgmt.config.DiscoveryConfig;

/**
 * Understands the files that the hooks of the DHCP clients write. Stateless: what is refused changes nothing.
 *
 * <p>A lease is taken or refused as a whole. A stranger's answer must not replace the operator's name servers and domains
 * just because its conversion points were bad.
 */
public final class LeaseReader {
    /** What a clock that ticks in hundredths and is rounded may be off. */
    private static final long CLOCK_SLACK_MILLIS = 1000;

    /**
     * How long what was told holds at most, once the client has lost the lease. To forget it at once would be wrong: so every
     * break of a line begins, and then the conversion point is needed most, over the other uplink.
     */
    private static final long AFTERLIFE_MILLIS = TimeUnit.DAYS.toMillis(1);

    /** What udhcpc takes if the server told no time (busybox, networking/udhcp/dhcpc.c). */
    private static final long UNTOLD_SECONDS = 3600;

    /** IRT_DEFAULT and IRT_MINIMUM (RFC 8415 §7.6): how long what a stateless server said holds. */
    private static final long REFRESH_SECONDS = 86_400;

    private static final long LEAST_REFRESH_SECONDS = 600;
    private static final int INFORMATION_REFRESH_TIME = 32;

    private static final int MOST_WORDS = 16;
    private static final int MOST_NAME_SERVERS = 4;
    private static final int MOST_DOMAINS = 4;

    /** Hundredths of seconds, as in /proc/uptime. */
    private static final Pattern UPTIME = Pattern.compile("([0-9]{1,9})\\.([0-9]{2})");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

    /** {@code 2001:db8::7/128,PREFERRED,VALID} and more, as odhcp6c writes addresses and prefixes. */
    private static final Pattern ASSIGNED = Pattern.compile(
            "[0-9A-Fa-f:.]{2,45}/[0-9]{1,3},([0-9]{1,10}),([0-9]{1,10})" + "(?:,[a-z]+=[0-9A-Fa-f:./]{1,50}){0,4}");

    private static final Set<String> KEYS =
            Set.of("event", "uptime", "lease", "addresses", "prefixes", "dns", "domain", "options");

    private final DiscoveryConfig config;

    /** Looks for the options that this configuration names. */
    public LeaseReader(DiscoveryConfig config) {
        this.config = config;
    }

    /**
     * Reads a file.
     *
     * @param key what the file's name says
     * @param content at most {@link LeaseLines#MOST_BYTES} and one more, which is refused
     * @param nowMillis since the machine's boot
     */
    public LeaseReading read(LeaseKey key, byte[] content, long nowMillis) {
        try {
            return read(key, LeaseLines.of(content), nowMillis);
        } catch (RefusedLeaseException e) {
            return new LeaseReading.Refused(key.fileName() + ": " + e.getMessage());
        }
    }

    private LeaseReading read(LeaseKey key, LeaseLines lines, long nowMillis) {
        for (LeaseLines.Field field : lines.values().values()) {
            if (!KEYS.contains(field.key())) {
                throw field.refuse("nothing of this kind is known");
            }
        }
        boolean ended = isEnd(lines.required("event"));
        long written = uptimeMillis(lines.required("uptime"));
        if (written > nowMillis + CLOCK_SLACK_MILLIS) {
            throw lines.required("uptime").refuse("that is not yet: the file is from before the boot");
        }
        Lease lease =
                switch (key.family()) {
                    case DHCPV4 -> dhcpv4(key, lines, written);
                    case DHCPV6 -> dhcpv6(key, lines, written);
                };
        return new LeaseReading.Held(ended ? lease.atMostUntil(written + AFTERLIFE_MILLIS) : lease);
    }

    private static boolean isEnd(LeaseLines.Field event) {
        return switch (event.text()) {
            case "held" -> false;
            case "ended" -> true;
            default -> throw event.refuse("'" + event.text() + "' is neither held nor ended");
        };
    }

    private Lease dhcpv4(LeaseKey key, LeaseLines lines, long written) {
        List<LearntPoint> points = config.dhcpv4Option().isEmpty()
                ? List.of()
                : lines.option(config.dhcpv4Option().getAsInt())
                        .map(field -> PointOption.dhcpv4(OptionBytes.ofHex(field), config.format()))
                        .orElse(List.of());
        long seconds = lines.optional("lease").map(LeaseReader::seconds).orElse(UNTOLD_SECONDS);
        return lease(key, lines, written, seconds, points);
    }

    private Lease dhcpv6(LeaseKey key, LeaseLines lines, long written) {
        OptionBytes all =
                lines.optional("options").map(OptionBytes::ofHex).orElse(new OptionBytes("options", ByteString.EMPTY));
        // Also looked at if nothing is to be learnt from it: a list that is cut short is no list.
        List<OptionBytes> instances =
                Dhcpv6Options.find(all, config.dhcpv6Option().orElse(-1));
        long seconds = Math.max(assignedSeconds(lines, "addresses"), assignedSeconds(lines, "prefixes"));
        return lease(
                key,
                lines,
                written,
                seconds > 0 ? seconds : refreshSeconds(all),
                PointOption.dhcpv6(instances, config.format()));
    }

    private Lease lease(LeaseKey key, LeaseLines lines, long written, long seconds, List<LearntPoint> points) {
        points.forEach(this::requireAllowed);
        return new Lease(
                key,
                written + TimeUnit.SECONDS.toMillis(seconds),
                points,
                lines.optional("dns").map(LeaseReader::nameServers).orElse(List.of()),
                lines.optional("domain").map(LeaseReader::domains).orElse(List.of()));
    }

    private void requireAllowed(LearntPoint point) {
        if (point instanceof LearntPoint.ByAddress some) {
            for (InetAddress address : some.addresses()) {
                if (!config.allow().allowsLiteral(address)) {
                    throw new RefusedLeaseException("conversion point " + address.getHostAddress()
                            + " is not allowed by list allow of section discovery");
                }
            }
        } else if (point instanceof LearntPoint.ByName named && !config.allow().allowsName(named.name())) {
            throw new RefusedLeaseException(
                    "conversion point " + named.name() + " is not allowed by list allow of section discovery");
        }
    }

    private static long uptimeMillis(LeaseLines.Field uptime) {
        Matcher matcher = UPTIME.matcher(uptime.text());
        if (!matcher.matches()) {
            throw uptime.refuse("'" + uptime.text() + "' are no seconds with two decimals");
        }
        return TimeUnit.SECONDS.toMillis(Long.parseLong(matcher.group(1))) + 10 * Long.parseLong(matcher.group(2));
    }

    private static long seconds(LeaseLines.Field field) {
        if (!SECONDS.matcher(field.text()).matches()) {
            throw field.refuse("'" + field.text() + "' is no number of seconds");
        }
        return Long.parseLong(field.text());
    }

    /** How long the longest of them is valid; 0 if there is none. */
    private static long assignedSeconds(LeaseLines lines, String key) {
        Optional<LeaseLines.Field> field = lines.optional(key);
        long longest = 0;
        for (String word : field.map(it -> words(it, MOST_WORDS)).orElse(List.of())) {
            Matcher matcher = ASSIGNED.matcher(word);
            if (!matcher.matches()) {
                throw field.orElseThrow().refuse("'" + word + "' is no address with its times");
            }
            longest = Math.max(longest, Long.parseLong(matcher.group(2)));
        }
        return longest;
    }

    private static long refreshSeconds(OptionBytes all) {
        List<OptionBytes> told = Dhcpv6Options.find(all, INFORMATION_REFRESH_TIME);
        if (told.isEmpty()) {
            return REFRESH_SECONDS;
        }
        if (told.get(0).length() != Integer.BYTES) {
            throw told.get(0).refuse(0, told.get(0).length() + " bytes, which are no time");
        }
        ByteString bytes = told.get(0).bytes();
        return Math.max(LEAST_REFRESH_SECONDS, (long) bytes.shortAt(0) << Short.SIZE | bytes.shortAt(2));
    }

    private static List<InetAddress> nameServers(LeaseLines.Field field) {
        Set<InetAddress> servers = new LinkedHashSet<>();
        for (String word : words(field, MOST_WORDS)) {
            InetAddress server =
                    AddressPrefix.address(word).orElseThrow(() -> field.refuse("'" + word + "' is no address"));
            if (PointOption.isOfAHost(server)) {
                servers.add(server);
            }
        }
        return servers.stream().limit(MOST_NAME_SERVERS).toList();
    }

    private static List<String> domains(LeaseLines.Field field) {
        Set<String> domains = new LinkedHashSet<>();
        for (String word : words(field, MOST_WORDS)) {
            domains.add(DnsName.canonical(word).orElseThrow(() -> field.refuse("'" + word + "' is no domain")));
        }
        return domains.stream().limit(MOST_DOMAINS).toList();
    }

    private static List<String> words(LeaseLines.Field field, int most) {
        List<String> words = new ArrayList<>(List.of(field.text().strip().split(" +", -1)));
        if (words.size() > most) {
            throw field.refuse(words.size() + " values, more than " + most);
        }
        return words;
    }
}
