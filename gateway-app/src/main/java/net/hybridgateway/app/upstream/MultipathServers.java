package net.hybridgateway.app.upstream;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The servers that are said to speak Multipath TCP themselves, and what came of it when they were spoken to without a
 * conversion point.
 *
 * <p>What a conversion point says of a server is believed for an hour from the last time that it proved true. Where it
 * proved wrong on the way from here, which is another than that of the conversion point, it is not believed for ten
 * minutes.
 *
 * <p>Bounded: the server that nobody has asked for longest makes room. Thread-safe. Times are monotonic nanoseconds.
 */
final class MultipathServers {
    /** Few servers speak it; what is watched of paths has room for so many servers over two uplinks. */
    static final int MOST = 128;

    static final long BELIEVED_NANOS = Duration.ofHours(1).toNanos();
    static final long AVOIDED_NANOS = Duration.ofMinutes(10).toNanos();

    private record Word(boolean multipath, long untilNanos) {
        boolean holds(long nowNanos) {
            return nowNanos - untilNanos < 0;
        }
    }

    private final Map<InetSocketAddress, Word> words = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Word> eldest) {
            return size() > MOST;
        }
    };

    /** A conversion point says that the server speaks Multipath TCP, or it has done so with this host. */
    synchronized void learn(InetSocketAddress server, long nowNanos) {
        Word known = words.get(server);
        if (known == null || known.multipath() || !known.holds(nowNanos)) {
            words.put(server, new Word(true, nowNanos + BELIEVED_NANOS));
        }
    }

    /** Whatever the server was avoided for has proved to be none of its ways. */
    synchronized void acquit(InetSocketAddress server, long nowNanos) {
        words.put(server, new Word(true, nowNanos + BELIEVED_NANOS));
    }

    /** The server was not reached from here, spoke plain TCP, or does not let other uplinks take part. */
    synchronized void avoid(InetSocketAddress server, long nowNanos) {
        words.put(server, new Word(false, nowNanos + AVOIDED_NANOS));
    }

    /** Whether a connection to the server may go without a conversion point. */
    synchronized boolean speaksMultipath(InetSocketAddress server, long nowNanos) {
        Word known = words.get(server);
        return known != null && known.multipath() && known.holds(nowNanos);
    }

    /** Whether there ever was a word on the server, as far as it was not made room of; so there is of all in use. */
    synchronized boolean contains(InetSocketAddress server) {
        return words.containsKey(server);
    }
}
