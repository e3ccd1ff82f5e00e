package net.hybridgateway.app.daemon;

import static net.hybridgateway.app.testing.Addresses.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.hybridgateway.app.discovery.LearntPoint;
import net.hybridgateway.app.discovery.Lease;
import net.hybridgateway.app.discovery.LeaseFamily;
import net.hybridgateway.app.discovery.LeaseKey;
import net.hybridgateway.app.discovery.NameService;
import net.hybridgateway.app.discovery.PointList;
import net.hybridgateway.app.testing.Uplinks;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.HandshakeMode;
import net.hybridgateway.mgmt.config.AllowList;
import net.hybridgateway.mgmt.config.ConversionPointConfig;
import net.hybridgateway.mgmt.config.DiscoveryConfig;
import net.hybridgateway.mgmt.config.Handshake;
import net.hybridgateway.mgmt.config.PointFormat;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthProblem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConversionPointsTest {
    private final BlockingQueue<List<ConversionPoint>> published = new LinkedBlockingQueue<>();
    private ConversionPoints points;

    @AfterEach
    void stop() throws InterruptedException {
        points.stop();
    }

    @Test
    void publishesLiteralsAtOnceInTheOrderOfTheConfiguration() {
        points = points(config("b", "2001:db8::1", Handshake.AUTO), config("a", "192.0.2.1", Handshake.ZERO_RTT));

        points.start();

        assertEquals(
                List.of(
                        new ConversionPoint("b", at("2001:db8::1", 7000), Optional.empty()),
                        new ConversionPoint("a", at("192.0.2.1", 7000), Optional.of(HandshakeMode.ZERO_RTT))),
                published.remove());
    }

    @Test
    void followsAnotherConfigurationAtOnceAndAsksForNamesFromThenOn() throws Exception {
        points = points(config("a", "192.0.2.1", Handshake.AUTO));
        points.start();
        assertEquals(List.of("a"), names(published.take()));

        points.configure(list(config("b", "192.0.2.2", Handshake.AUTO)));
        assertEquals(List.of("b"), names(published.remove()));
        points.configure(list(config("b", "192.0.2.2", Handshake.AUTO)));
        assertTrue(published.isEmpty(), "nothing has changed");

        points.configure(list(config("b", "192.0.2.2", Handshake.AUTO), config("named", "localhost", Handshake.AUTO)));
        assertTrue(names(published.take()).contains("named"));
    }

    @Test
    void keepsThePointsOfBeforeUntilNewNamesAreAnswered() throws Exception {
        points = points(config("a", "192.0.2.1", Handshake.AUTO));
        points.start();
        assertEquals(List.of("a"), names(published.take()));

        points.configure(list(config("named", "localhost", Handshake.AUTO)));

        assertEquals(Set.of("named"), Set.copyOf(names(published.take())));
    }

    @Test
    void givesUpThePointsOfBeforeIfTheNewNamesHaveNoAddress() throws Exception {
        points = points(config("a", "192.0.2.1", Handshake.AUTO));
        points.start();
        assertEquals(List.of("a"), names(published.take()));

        points.configure(list(config("lost", "x".repeat(64), Handshake.AUTO)));

        assertEquals(List.of(), published.take());
    }

    private static PointList list(ConversionPointConfig... configured) {
        return new PointList(List.of(configured), List.of(), Optional.empty());
    }

    @Test
    void putsAllAddressesOfANameInItsPlace() throws Exception {
        points = points(
                config("first", "192.0.2.1", Handshake.AUTO),
                config("named", "localhost", Handshake.ONE_RTT),
                config("last", "192.0.2.2", Handshake.AUTO));

        points.start();

        assertEquals(List.of("first", "last"), names(published.take()));
        List<ConversionPoint> resolved = published.take();
        Stream<InetSocketAddress> expected = Stream.of(
                        Stream.of(at("192.0.2.1", 7000)),
                        Stream.of(InetAddress.getAllByName("localhost"))
                                .map(address -> new InetSocketAddress(address, 7000)),
                        Stream.of(at("192.0.2.2", 7000)))
                .flatMap(part -> part);
        assertEquals(
                expected.toList(),
                resolved.stream().map(ConversionPoint::address).toList());
        assertEquals(Optional.of(HandshakeMode.ONE_RTT), resolved.get(1).fixedMode());
    }

    @Test
    void putsAllAddressesOfASectionInItsPlaceWhetherTheyAreNamesOrLiterals() throws Exception {
        points = points(
                new ConversionPointConfig(
                        "mixed",
                        List.of("192.0.2.1", "localhost", "2001:db8::1"),
                        7000,
                        Optional.empty(),
                        Handshake.AUTO),
                config("last", "192.0.2.2", Handshake.AUTO));

        points.start();

        assertEquals(
                List.of(at("192.0.2.1", 7000), at("2001:db8::1", 7000), at("192.0.2.2", 7000)),
                addresses(published.take()));
        List<InetSocketAddress> resolved = addresses(published.take());
        assertEquals(at("192.0.2.1", 7000), resolved.get(0));
        assertTrue(resolved.get(1).getAddress().isLoopbackAddress(), resolved::toString);
        assertEquals(at("192.0.2.2", 7000), resolved.get(resolved.size() - 1));
    }

    @Test
    void goesOnWithTheOthersWhereANameHasNoAddress() throws Exception {
        // A label is too long (RFC 1035 §2.3.4): no name service is asked.
        points = points(config("lost", "x".repeat(64), Handshake.AUTO), config("named", "localhost", Handshake.AUTO));

        points.start();

        assertEquals(List.of(), published.take());
        assertTrue(published.take().stream().allMatch(point -> point.name().equals("named")));
    }

    @Test
    void publishesNothingAfterTheStop() throws Exception {
        points = points(config("named", "localhost", Handshake.AUTO));
        points.stop();

        points.start();

        assertEquals(null, published.poll(200, TimeUnit.MILLISECONDS));
    }

    @Test
    void followsTheLeasesAndSaysWhatWasRefused() throws Exception {
        points = learning(published::add, at("192.0.2.1", 7000));
        points.start();
        assertEquals(List.of("operator"), names(published.take()));

        points.leasesChanged(List.of(lease("198.51.100.7")), List.of());
        assertEquals(List.of("operator", "dhcpv4:fixed"), names(published.take()));

        points.leasesChanged(List.of(lease("198.51.100.7")), List.of("wan0.dhcpv6: byte 7: bad"));
        points.leasesChanged(List.of(), List.of("wan0.dhcpv6: byte 7: bad"));
        assertEquals(List.of("operator"), names(published.take()));
        assertEquals(
                List.of(new HealthProblem(
                        HealthCode.LEASE_REFUSED,
                        "wan0.dhcpv6",
                        "A lease was refused, and what it told is not used: wan0.dhcpv6: byte 7: bad.")),
                points.problems());
    }

    @Test
    void triesAgainWhatTheKernelRefused() throws Exception {
        AtomicInteger refusals = new AtomicInteger(1);
        points = learning(
                list -> {
                    if (list.size() > 1 && refusals.getAndDecrement() > 0) {
                        throw new IllegalStateException("no table now");
                    }
                    published.add(list);
                },
                at("192.0.2.1", 7000));
        points.start();
        published.take();

        points.leasesChanged(List.of(lease("198.51.100.7")), List.of());

        assertEquals(List.of("operator", "dhcpv4:fixed"), names(published.take()));
    }

    private static Lease lease(String address) {
        return new Lease(
                new LeaseKey("wan0", LeaseFamily.DHCPV4),
                1000,
                List.of(new LearntPoint.ByAddress(List.of(at(address, 0).getAddress()))),
                List.of(),
                List.of());
    }

    private static ConversionPoints learning(Consumer<List<ConversionPoint>> publish, InetSocketAddress configured) {
        UplinkConfig uplink = Uplinks.fixed("fixed", "wan0", 10);
        DiscoveryConfig discovery = new DiscoveryConfig(
                OptionalInt.of(224),
                OptionalInt.empty(),
                PointFormat.PCP_LIST,
                false,
                7000,
                AllowList.EVERYTHING,
                Optional.empty());
        return new ConversionPoints(
                new PointList(
                        List.of(config("operator", configured.getAddress().getHostAddress(), Handshake.AUTO)),
                        List.of(uplink),
                        Optional.of(discovery)),
                (question, leases) -> NameService.ofTheMachine(question),
                System::nanoTime,
                publish);
    }

    private ConversionPoints points(ConversionPointConfig... configured) {
        return new ConversionPoints(
                new PointList(List.of(configured), List.of(), Optional.empty()),
                (question, leases) -> NameService.ofTheMachine(question),
                System::nanoTime,
                published::add);
    }

    private static ConversionPointConfig config(String name, String address, Handshake handshake) {
        return new ConversionPointConfig(name, List.of(address), 7000, Optional.empty(), handshake);
    }

    private static List<InetSocketAddress> addresses(List<ConversionPoint> points) {
        return points.stream().map(ConversionPoint::address).toList();
    }

    private static List<String> names(List<ConversionPoint> points) {
        return points.stream().map(ConversionPoint::name).toList();
    }
}
