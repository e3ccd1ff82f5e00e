package net.hybridgateway.mgmt.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * What may be learnt: anybody in a network can answer as a DHCP server, and whoever names the conversion point reads along.
 *
 * <p>Where prefixes are given, every address must lie in one of them, whatever name it was found by, for the name service may
 * be the same stranger's. Where names are given, every name must be one of them or below one, and an address that was
 * learnt without a name needs a prefix.
 *
 * @param names DNS names in lower case, without the final dot
 */
public record AllowList(List<AddressPrefix> prefixes, List<String> names) {
    /** Allows all. */
    public static final AllowList EVERYTHING = new AllowList(List.of(), List.of());

    public AllowList {
        prefixes = List.copyOf(prefixes);
        names = names.stream().map(AllowList::canonical).toList();
    }

    /** Whether a conversion point may be used that was learnt as an address. */
    public boolean allowsLiteral(InetAddress address) {
        return prefixes.isEmpty() ? names.isEmpty() : isInPrefix(address);
    }

    /** Whether a name may be asked for that was learnt. */
    public boolean allowsName(String name) {
        String asked = canonical(name);
        return names.isEmpty()
                || names.stream().anyMatch(allowed -> asked.equals(allowed) || asked.endsWith("." + allowed));
    }

    /** Whether an address may be used to which a name has led that is allowed. */
    public boolean allowsAddressOfName(InetAddress address) {
        return prefixes.isEmpty() || isInPrefix(address);
    }

    private boolean isInPrefix(InetAddress address) {
        return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
