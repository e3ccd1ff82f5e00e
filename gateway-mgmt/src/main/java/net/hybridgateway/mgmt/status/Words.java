package net.hybridgateway.mgmt.status;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/** How values are spelt, in JSON and in text alike. */
public final class Words {
    private static final int GROUPS = 8;

    private Words() {}

    /** {@code ON_DEMAND} is {@code on-demand}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code 192.0.2.7:443} or {@code [2001:db8::7]:443}. */
    public static String of(InetSocketAddress socket) {
        String host = socket.isUnresolved() ? socket.getHostString() : of(socket.getAddress());
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + socket.getPort();
    }

    /** The one text that RFC 5952 §4 allows for an address; a zone is left out. */
    public static String of(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int runStart = 0;
        int runLength = 1; // a single zero group is not shortened (§4.2.2)
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - start > runLength) {
                runStart = start;
                runLength = end - start;
            }
        }
        if (runLength == 1) {
            return join(groups, 0, GROUPS);
        }
        return join(groups, 0, runStart) + "::" + join(groups, runStart + runLength, GROUPS);
    }

    private static String join(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
