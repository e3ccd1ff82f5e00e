package net.hybridgateway.app.daemon;

import static net.hybridgateway.app.testing.Addresses.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.HandshakeMode;
import net.hybridgateway.mgmt.config.ConversionPointConfig;
import net.hybridgateway.mgmt.config.Handshake;
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

    private ConversionPoints points(ConversionPointConfig... configured) {
        return new ConversionPoints(List.of(configured), published::add);
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
