package net.hybridgateway.mgmt.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.hybridgateway.mgmt.config.AddressPrefix;

/** What the kernel says of the devices of this machine. */
final class Interfaces {
    private Interfaces() {}

    /** The device that has this address; empty if none has it any more. */
    static Optional<LanRule.Home> home(InetAddress local, Set<String> uplinks) {
        try {
            NetworkInterface device = NetworkInterface.getByInetAddress(local);
            if (device == null) {
                return Optional.empty();
            }
            List<AddressPrefix> prefixes = device.getInterfaceAddresses().stream()
                    .map(Interfaces::prefix)
                    .toList();
            return Optional.of(new LanRule.Home(uplinks.contains(device.getName()), prefixes));
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    /** The addresses of devices; but link-local ones, which no name and no bookmark can hold. */
    static List<InetSocketAddress> addresses(List<String> devices, int port) {
        return devices.stream()
                .flatMap(Interfaces::addresses)
                .filter(address -> !address.isLinkLocalAddress())
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private static Stream<InetAddress> addresses(String name) {
        try {
            NetworkInterface device = NetworkInterface.getByName(name);
            return device == null ? Stream.empty() : device.inetAddresses();
        } catch (SocketException e) {
            return Stream.empty();
        }
    }

    private static AddressPrefix prefix(InterfaceAddress address) {
        return new AddressPrefix(address.getAddress(), address.getNetworkPrefixLength());
    }
}
