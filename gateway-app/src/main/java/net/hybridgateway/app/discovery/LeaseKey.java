package net.hybridgateway.app.discovery;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What there is one lease of.
 *
 * @param device the network device, as the kernel calls it
 */
public record LeaseKey(String device, LeaseFamily family) {
    /** What the hooks put into a file's name: none of the kernel's stranger names. */
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,14}");

    public LeaseKey {
        Objects.requireNonNull(family, "family");
        if (!DEVICE.matcher(device).matches()) {
            throw new IllegalArgumentException("device " + device);
        }
    }

    /** The lease that a file of this name tells of: {@code wan0.dhcpv4}; empty if it is no lease file's name. */
    static Optional<LeaseKey> ofFileName(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || !DEVICE.matcher(name.substring(0, dot)).matches()
                ? Optional.empty()
                : LeaseFamily.of(name.substring(dot + 1)).map(family -> new LeaseKey(name.substring(0, dot), family));
    }

    String fileName() {
        return device + "." + family.word();
    }
}
