package net.hybridgateway.mgmt.web;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses that are listened to. One that cannot be had (the LAN's device may come later than this daemon) is tried
 * again for as long as it is wanted. Belongs to the thread "web", but for {@link #problems} and {@link #addresses}.
 */
final class Listeners {
    private final ServerBootstrap bootstrap;
    private final Set<InetSocketAddress> wanted = new HashSet<>();
    private final Set<InetSocketAddress> underWay = new HashSet<>();
    private final Map<InetSocketAddress, Channel> open = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, String> problems = new ConcurrentHashMap<>();

    Listeners(ServerBootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** From now on these and no others. Connections that stand go on. */
    void want(List<InetSocketAddress> addresses) {
        wanted.clear();
        wanted.addAll(addresses);
        problems.keySet().retainAll(wanted);
        for (Map.Entry<InetSocketAddress, Channel> entry : List.copyOf(open.entrySet())) {
            if (!wanted.contains(entry.getKey())) {
                open.remove(entry.getKey());
                ChannelFuture unused = entry.getValue().close();
            }
        }
        tryWhatIsMissing();
    }

    private void tryWhatIsMissing() {
        for (InetSocketAddress address : wanted) {
            if (!open.containsKey(address) && underWay.add(address)) {
                ChannelFuture unused = bootstrap.bind(address).addListener((ChannelFutureListener) bound -> {
                    underWay.remove(address);
                    if (!bound.isSuccess()) {
                        problems.put(address, String.valueOf(bound.cause().getMessage()));
                    } else if (wanted.contains(address)) {
                        problems.remove(address);
                        open.put(address, bound.channel());
                    } else {
                        ChannelFuture unusedToo = bound.channel().close();
                    }
                });
            }
        }
    }

    /** Where it listens; the real port where any would do. From any thread. */
    List<InetSocketAddress> addresses() {
        List<InetSocketAddress> addresses = new ArrayList<>();
        open.values().forEach(channel -> addresses.add((InetSocketAddress) channel.localAddress()));
        return addresses;
    }

    /** One sentence for each address that cannot be had. From any thread. */
    List<String> problems() {
        Map<String, String> sorted = new TreeMap<>();
        problems.forEach((address, why) -> sorted.put(address.toString().replaceFirst("^.*/", ""), why));
        return sorted.entrySet().stream()
                .map(entry -> "the page cannot be served at " + entry.getKey() + ": " + entry.getValue())
                .toList();
    }
}
