package net.hybridgateway.lab.gateway;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Pause;

/**
 * DHCP on the fixed line: the operator's server (dnsmasq, or busybox's udhcpd for short leases) on the router, the client
 * (udhcpc) on the gateway, and between client and daemon the hooks as they are shipped, run by busybox's shell as on OpenWrt.
 */
final class Leases {
    private static final Path HOOKS = Path.of("../rootfs-overlay/etc").toAbsolutePath();
    private static final String MAC = "02:00:00:00:0a:10";
    private static final Duration START = Duration.ofSeconds(30);

    private final House house;
    private final Path folder;
    private final String leases;

    Leases(House house, Path runDir) {
        this.house = house;
        this.folder = house.run().folder();
        this.leases = runDir.resolve("leases").toString();
    }

    /** A server with these lines in its configuration. */
    LabProcess dnsmasq(String configuration) {
        Path file = write(
                "dnsmasq.conf", configuration + """
                interface=%s
                bind-interfaces
                no-resolv
                no-hosts
                no-ping
                dhcp-authoritative
                dhcp-host=%s,%s
                """.formatted(Access.FIXED.routerDevice(), MAC, Access.FIXED.ipv4()));
        LabProcess process = house.router()
                .start(
                        "dnsmasq",
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=" + file,
                        "--dhcp-leasefile=" + folder.resolve("dnsmasq.leases"),
                        "--pid-file=",
                        "--user=root",
                        "--log-dhcp",
                        "--log-facility=-");
        return process.awaitOutput("started", START);
    }

    /** A server whose leases are as short as one likes: dnsmasq's are two minutes at least. */
    LabProcess udhcpd(int leaseSeconds, String option) {
        Path file = write("udhcpd.conf", """
                interface %s
                start %3$s
                end %3$s
                min_lease 1
                lease_file %2$s/udhcpd.leases
                pidfile %2$s/udhcpd.pid
                option lease %4$d
                option subnet 255.255.255.0
                option 224 %5$s
                """.formatted(
                        Access.FIXED.routerDevice(), folder, Access.FIXED.ipv4(), leaseSeconds, option));
        write("udhcpd.leases", "");
        return house.router().start("udhcpd", "busybox", "udhcpd", "-f", file.toString());
    }

    /** The client, which has a lease when this returns. */
    LabProcess udhcpc() {
        LabProcess process = house.gateway()
                .start(
                        "udhcpc",
                        Map.of("HYBRID_GATEWAY_LEASES", leases),
                        List.of(
                                "udhcpc",
                                "-i",
                                Access.FIXED.device(),
                                "-f",
                                "-s",
                                script("udhcpc.user.d").toString(),
                                "-O",
                                "224",
                                "-t",
                                "30",
                                "-T",
                                "1",
                                "-A",
                                "1"));
        return process.awaitOutput("obtained", START);
    }

    /** Makes the client ask whether its lease still holds; what it then has is another one. */
    void renew(LabProcess client) {
        int before = client.output().split("obtained", -1).length;
        house.gateway().run("kill", "-USR1", String.valueOf(client.pid()));
        if (!Pause.until(START, () -> client.output().split("obtained", -1).length > before)) {
            throw new LabException("no renewal: " + client.output());
        }
    }

    /** Does what odhcp6c does at an event, with these variables; there is no small DHCPv6 client on the lab's machine. */
    void odhcp6c(String event, Map<String, String> variables) {
        List<String> words = new ArrayList<>(List.of("env", "HYBRID_GATEWAY_LEASES=" + leases));
        variables.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(List.of(script("odhcp6c.user.d").toString(), Access.FIXED.device(), event));
        house.gateway().run(words.toArray(String[]::new));
    }

    /**
     * Asks the server for one option without asking for an address (RFC 8415 §18.2.6).
     *
     * @return the options of its answer in hexadecimal digits, as odhcp6c passes them on
     */
    String askDhcpv6(int option) throws IOException {
        byte[] request = HexFormat.of()
                .parseHex("0b010203" + "0001000a" + "00030001020000000a10" + "00080002" + "0000" + "00060002"
                        + String.format("%04x", option));
        int device = Integer.parseInt(house.gateway()
                .run("cat", "/sys/class/net/" + Access.FIXED.device() + "/ifindex")
                .strip());
        byte[] allServers = HexFormat.of().parseHex("ff020000000000000000000000010002");
        try (DatagramSocket socket = house.gateway().call(() -> new DatagramSocket(546))) {
            socket.setSoTimeout((int) START.toMillis());
            socket.send(new DatagramPacket(
                    request, request.length, Inet6Address.getByAddress(null, allServers, device), 547));
            DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
            socket.receive(answer);
            return HexFormat.of().formatHex(answer.getData(), 4, answer.getLength());
        }
    }

    /** Does what udhcpc does at an event, with these variables. */
    void udhcpcEvent(String event, Map<String, String> variables) {
        List<String> words = new ArrayList<>(
                List.of("env", "HYBRID_GATEWAY_LEASES=" + leases, "interface=" + Access.FIXED.device()));
        variables.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(List.of(script("udhcpc.user.d").toString(), event));
        house.gateway().run(words.toArray(String[]::new));
    }

    /** Sources the shipped hooks as OpenWrt's own script does, which is all that matters of it here. */
    private Path script(String hooks) {
        Path script = write(hooks + ".script", """
                #!/bin/busybox ash
                for hook in %s/*; do
                    (. "$hook" "$@")
                done
                """.formatted(HOOKS.resolve(hooks)));
        if (!script.toFile().setExecutable(true)) {
            throw new LabException("cannot make executable: " + script);
        }
        return script;
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new LabException("cannot write " + name, e);
        }
    }
}
