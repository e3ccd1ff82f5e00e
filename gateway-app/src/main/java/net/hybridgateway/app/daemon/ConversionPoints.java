package net.hybridgateway.app.daemon;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.HandshakeMode;
import net.hybridgateway.mgmt.config.AddressPrefix;
import net.hybridgateway.mgmt.config.ConversionPointConfig;
import net.hybridgateway.mgmt.config.Handshake;
import org.tinylog.Logger;

/**
 * Turns the conversion points of the configuration into addresses, and asks the name service again now and then, on a
 * thread of its own: a name service that hangs must hold up nothing.
 *
 * <p>What was found once stays in use until something else is found.
 */
final class ConversionPoints {
    private static final long AGAIN_AFTER_SECONDS = 300;
    private static final long RETRY_AFTER_SECONDS = 5;

    private final List<ConversionPointConfig> configured;
    private final Consumer<List<ConversionPoint>> publish;
    private final Thread thread = new Thread(this::keepResolving, "resolver");
    private volatile List<List<ConversionPoint>> known;
    private boolean stopped;

    ConversionPoints(List<ConversionPointConfig> configured, Consumer<List<ConversionPoint>> publish) {
        this.configured = List.copyOf(configured);
        this.publish = publish;
        this.known = this.configured.stream().map(ConversionPoints::literal).toList();
        thread.setDaemon(true);
    }

    /** Publishes what needs no name service, and starts to ask for the rest. */
    void start() {
        publish(known);
        if (configured.stream().anyMatch(ConversionPoints::hasName)) {
            thread.start();
        }
    }

    /** After this nothing is published, even if the name service answers late. */
    void stop() throws InterruptedException {
        synchronized (this) {
            stopped = true;
        }
        thread.interrupt();
        thread.join(1000);
    }

    private synchronized void publish(List<List<ConversionPoint>> found) {
        if (!stopped) {
            publish.accept(found.stream().flatMap(List::stream).toList());
            known = List.copyOf(found);
        }
    }

    private void keepResolving() {
        try {
            while (true) {
                boolean complete = resolve();
                Thread.sleep(1000 * (complete ? AGAIN_AFTER_SECONDS : RETRY_AFTER_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean resolve() {
        boolean complete = true;
        List<List<ConversionPoint>> found = new ArrayList<>(known);
        for (int i = 0; i < configured.size(); i++) {
            ConversionPointConfig config = configured.get(i);
            if (!hasName(config)) {
                continue;
            }
            try {
                found.set(i, points(config, addresses(config)));
            } catch (UnknownHostException e) {
                complete = false;
                if (found.get(i).isEmpty()) {
                    Logger.warn("conversion point {}: no address for {}", config.name(), e.getMessage());
                }
            }
        }
        if (!found.equals(known)) {
            try {
                publish(found);
            } catch (RuntimeException e) {
                // The kernel may refuse the new table now, and take it later.
                Logger.error("new addresses of conversion points cannot be used: {}", e.getMessage());
                complete = false;
            }
        }
        return complete;
    }

    private static boolean hasName(ConversionPointConfig config) {
        return config.addresses().stream()
                .anyMatch(text -> AddressPrefix.address(text).isEmpty());
    }

    private static List<InetAddress> addresses(ConversionPointConfig config) throws UnknownHostException {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (String text : config.addresses()) {
            addresses.addAll(List.of(InetAddress.getAllByName(text)));
        }
        return List.copyOf(addresses);
    }

    private static List<ConversionPoint> literal(ConversionPointConfig config) {
        return points(
                config,
                config.addresses().stream()
                        .flatMap(text -> AddressPrefix.address(text).stream())
                        .toList());
    }

    private static List<ConversionPoint> points(ConversionPointConfig config, List<InetAddress> addresses) {
        return addresses.stream()
                .map(address -> new ConversionPoint(
                        config.name(), new InetSocketAddress(address, config.port()), mode(config.handshake())))
                .toList();
    }

    private static Optional<HandshakeMode> mode(Handshake handshake) {
        return switch (handshake) {
            case AUTO -> Optional.empty();
            case ZERO_RTT -> Optional.of(HandshakeMode.ZERO_RTT);
            case ONE_RTT -> Optional.of(HandshakeMode.ONE_RTT);
        };
    }
}
