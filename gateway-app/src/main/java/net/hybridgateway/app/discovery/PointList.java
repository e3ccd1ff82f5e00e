package net.hybridgateway.app.discovery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.HandshakeMode;
import net.hybridgateway.app.upstream.PointOrigin;
import net.hybridgateway.app.upstream.PointSource;
import net.hybridgateway.mgmt.config.AddressPrefix;
import net.hybridgateway.mgmt.config.ConversionPointConfig;
import net.hybridgateway.mgmt.config.DiscoveryConfig;
import net.hybridgateway.mgmt.config.Handshake;
import net.hybridgateway.mgmt.config.UplinkConfig;

/**
 * Puts the conversion points of all sources into one list: what is configured, then what DHCPv6 told, DHCPv4, and DNS, and
 * within each the uplinks in the order of preference. Pure.
 *
 * <p>Also says what the name service has to be asked for that.
 */
public final class PointList {
    /** Beyond all reason; a list that grows with what strangers say needs an end. */
    static final int MOST_ADDRESSES = 128;

    private final List<ConversionPointConfig> configured;
    private final List<UplinkConfig> uplinks;
    private final Optional<DiscoveryConfig> discovery;

    /**
     * For this configuration.
     *
     * @param uplinks whose leases count
     */
    public PointList(
            List<ConversionPointConfig> configured, List<UplinkConfig> uplinks, Optional<DiscoveryConfig> discovery) {
        this.configured = configured.stream()
                .sorted(Comparator.comparingInt(point -> point.preference().orElse(Integer.MAX_VALUE)))
                .toList();
        this.uplinks = uplinks.stream()
                .sorted(Comparator.comparingInt(UplinkConfig::preference))
                .toList();
        this.discovery = discovery;
    }

    /** Whether a name service may ever be needed, or anything learnt. */
    public boolean isConstant() {
        return discovery.isEmpty()
                && configured.stream()
                        .flatMap(point -> point.addresses().stream())
                        .allMatch(text -> AddressPrefix.address(text).isPresent());
    }

    /** What is to be asked, each once, what comes first the most urgent. */
    public Collection<NameQuestion> questions(
            List<Lease> leases, Function<NameQuestion, Optional<NameAnswer>> answers) {
        Set<NameQuestion> questions = new LinkedHashSet<>();
        for (ConversionPointConfig point : configured) {
            point.addresses().stream()
                    .filter(text -> AddressPrefix.address(text).isEmpty())
                    .forEach(name -> questions.add(NameQuestion.host(name, Optional.empty())));
        }
        walk(leases, answers, new Visitor() {
            @Override
            public void addresses(PointOrigin origin, String name, int port, List<InetAddress> addresses) {}

            @Override
            public void asked(NameQuestion question) {
                questions.add(question);
            }
        });
        return questions;
    }

    /** All conversion points that are known, each with each of its addresses; what several sources tell, once. */
    public List<ConversionPoint> points(List<Lease> leases, Function<NameQuestion, Optional<NameAnswer>> answers) {
        Map<InetSocketAddress, ConversionPoint> byAddress = new LinkedHashMap<>();
        for (ConversionPointConfig point : configured) {
            Optional<HandshakeMode> mode = mode(point.handshake());
            for (String text : point.addresses()) {
                Optional<InetAddress> literal = AddressPrefix.address(text);
                List<InetAddress> addresses = literal.map(List::of)
                        .orElseGet(() -> hosts(answers, NameQuestion.host(text, Optional.empty())));
                for (InetAddress address : addresses) {
                    add(
                            byAddress,
                            new ConversionPoint(
                                    point.name(),
                                    new InetSocketAddress(address, point.port()),
                                    mode,
                                    point.preference(),
                                    PointOrigin.CONFIGURATION));
                }
            }
        }
        walk(leases, answers, new Visitor() {
            @Override
            public void addresses(PointOrigin origin, String name, int port, List<InetAddress> addresses) {
                for (InetAddress address : addresses) {
                    add(
                            byAddress,
                            new ConversionPoint(
                                    name,
                                    new InetSocketAddress(address, port),
                                    Optional.empty(),
                                    OptionalInt.empty(),
                                    origin));
                }
            }

            @Override
            public void asked(NameQuestion question) {}
        });
        return List.copyOf(byAddress.values());
    }

    private static Optional<HandshakeMode> mode(Handshake handshake) {
        return switch (handshake) {
            case AUTO -> Optional.empty();
            case ZERO_RTT -> Optional.of(HandshakeMode.ZERO_RTT);
            case ONE_RTT -> Optional.of(HandshakeMode.ONE_RTT);
        };
    }

    private static void add(Map<InetSocketAddress, ConversionPoint> points, ConversionPoint point) {
        if (points.size() < MOST_ADDRESSES) {
            points.putIfAbsent(point.address(), point);
        }
    }

    /** Is led through everything that was learnt, in order. */
    private interface Visitor {
        void addresses(PointOrigin origin, String name, int port, List<InetAddress> addresses);

        void asked(NameQuestion question);
    }

    private void walk(List<Lease> leases, Function<NameQuestion, Optional<NameAnswer>> answers, Visitor visitor) {
        if (discovery.isEmpty()) {
            return;
        }
        for (LeaseFamily family : List.of(LeaseFamily.DHCPV6, LeaseFamily.DHCPV4)) {
            for (UplinkConfig uplink : uplinks) {
                ofUplink(leases, uplink)
                        .filter(lease -> lease.key().family() == family)
                        .forEach(lease -> walkLease(lease, uplink.name(), answers, visitor));
            }
        }
        if (discovery.get().srv()) {
            for (UplinkConfig uplink : uplinks) {
                walkDomains(leases, uplink, answers, visitor);
            }
        }
    }

    private void walkLease(
            Lease lease, String uplink, Function<NameQuestion, Optional<NameAnswer>> answers, Visitor visitor) {
        PointOrigin origin = new PointOrigin(lease.key().family().source(), Optional.of(uplink));
        int number = 0;
        for (LearntPoint point : lease.points()) {
            String name = name(lease.key().family().word(), uplink, ++number);
            if (point instanceof LearntPoint.ByAddress some) {
                visitor.addresses(origin, name, discovery.orElseThrow().port(), some.addresses());
            } else if (point instanceof LearntPoint.ByName named) {
                NameQuestion question = NameQuestion.host(named.name(), origin.uplink());
                visitor.asked(question);
                visitor.addresses(origin, name, discovery.orElseThrow().port(), allowed(hosts(answers, question)));
            }
        }
    }

    private void walkDomains(
            List<Lease> leases,
            UplinkConfig uplink,
            Function<NameQuestion, Optional<NameAnswer>> answers,
            Visitor visitor) {
        PointOrigin origin = new PointOrigin(PointSource.DNS, Optional.of(uplink.name()));
        List<String> domains = ofUplink(leases, uplink)
                .flatMap(lease -> lease.domains().stream())
                .distinct()
                .toList();
        int number = 0;
        for (String domain : domains) {
            NameQuestion service = NameQuestion.service(domain, uplink.name());
            visitor.asked(service);
            for (SrvTarget target : services(answers, service)) {
                String name = name("dns", uplink.name(), ++number);
                if (discovery.orElseThrow().allow().allowsName(target.target())) {
                    NameQuestion question = NameQuestion.host(target.target(), origin.uplink());
                    visitor.asked(question);
                    visitor.addresses(origin, name, target.port(), allowed(hosts(answers, question)));
                }
            }
        }
    }

    /** DHCPv6 first. */
    private static Stream<Lease> ofUplink(List<Lease> leases, UplinkConfig uplink) {
        return leases.stream()
                .filter(lease -> lease.key().device().equals(uplink.device()))
                .sorted(Comparator.comparing(lease -> lease.key().family().source()));
    }

    /** Like {@code dhcpv4:fixed}, for no section of the configuration can be called so. */
    private static String name(String source, String uplink, int number) {
        return source + ":" + uplink + (number == 1 ? "" : ":" + number);
    }

    private List<InetAddress> allowed(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(PointOption::isOfAHost)
                .filter(discovery.orElseThrow().allow()::allowsAddressOfName)
                .toList();
    }

    private static List<InetAddress> hosts(
            Function<NameQuestion, Optional<NameAnswer>> answers, NameQuestion question) {
        return answers.apply(question)
                .map(answer -> answer instanceof NameAnswer.Hosts hosts ? hosts.addresses() : List.<InetAddress>of())
                .orElse(List.of());
    }

    private static List<SrvTarget> services(
            Function<NameQuestion, Optional<NameAnswer>> answers, NameQuestion question) {
        return answers.apply(question)
                .map(answer -> answer instanceof NameAnswer.Services some ? some.inOrder() : List.<SrvTarget>of())
                .orElse(List.of());
    }

    /** The name servers of an uplink's network, best first; empty if none are known. */
    public List<InetAddress> nameServers(List<Lease> leases, String uplink) {
        return uplinks.stream()
                .filter(config -> config.name().equals(uplink))
                .flatMap(config -> ofUplink(leases, config))
                .flatMap(lease -> lease.nameServers().stream())
                .distinct()
                .toList();
    }

    /** The names of the uplinks, in the order of preference. */
    public List<String> uplinks() {
        return uplinks.stream().map(UplinkConfig::name).toList();
    }
}
