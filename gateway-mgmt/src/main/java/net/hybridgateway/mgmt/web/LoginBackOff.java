package net.hybridgateway.mgmt.web;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long somebody has to wait before the next password is tried: three attempts are free, then the pause doubles from one
 * second to five minutes, for each address; and, for a host may have many, from one second to ten for all together.
 *
 * <p>An attempt counts as failed from its beginning, or many at once would count as one. Belongs to the thread "web".
 */
final class LoginBackOff {
    private static final int FREE = 3;
    private static final int FREE_FOR_ALL = 20;
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long MOST_FOR_ALL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(15);
    private static final int MOST_ADDRESSES = 256;
    private static final int MOST_DOUBLINGS = 20;

    private final Map<InetAddress, Failures> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Failures> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };
    private Failures ofAll = new Failures(0, 0);

    private record Failures(int count, long lastNanos) {
        Failures at(long nowNanos) {
            return nowNanos - lastNanos >= FORGET_NANOS ? new Failures(0, nowNanos) : this;
        }

        Failures plusOne(long nowNanos) {
            return new Failures(count + 1, nowNanos);
        }

        long waitNanos(int free, long mostNanos, long nowNanos) {
            if (count < free) {
                return 0;
            }
            long pause = Math.min(mostNanos, FIRST_NANOS << Math.min(MOST_DOUBLINGS, count - free));
            return Math.max(0, lastNanos + pause - nowNanos);
        }
    }

    /** Until the next attempt from there is looked at; 0 if it may come. */
    long waitNanos(InetAddress address, long nowNanos) {
        ofAll = ofAll.at(nowNanos);
        return Math.max(
                of(address, nowNanos).waitNanos(FREE, MOST_NANOS, nowNanos),
                ofAll.waitNanos(FREE_FOR_ALL, MOST_FOR_ALL_NANOS, nowNanos));
    }

    /** An attempt begins. */
    void begins(InetAddress address, long nowNanos) {
        byAddress.put(address, of(address, nowNanos).plusOne(nowNanos));
        ofAll = ofAll.at(nowNanos).plusOne(nowNanos);
    }

    /** An attempt had the right password: those before it from there were typing errors. */
    void succeeded(InetAddress address) {
        Failures failures = byAddress.remove(address);
        if (failures != null) {
            ofAll = new Failures(Math.max(0, ofAll.count() - failures.count()), ofAll.lastNanos());
        }
    }

    private Failures of(InetAddress address, long nowNanos) {
        return byAddress.getOrDefault(address, new Failures(0, nowNanos)).at(nowNanos);
    }
}
