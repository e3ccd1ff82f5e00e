package net.hybridgateway.lab.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.Distribution;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.web.WebServer;

/**
 * Finds out which classes the daemon uses, in two lives: a short one, from the start to the first connections, and one with all that a
 * home sees: its page, management over MQTT, commands, a line that breaks and returns, a reload.
 *
 * @param start lines for {@code -XX:SharedClassListFile}, of the short life, in the order in which they were needed
 * @param later those of the other life that are not among them, sorted
 */
public record ClassTraining(List<String> start, List<String> later) {
    private static final int PORT = 8080;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LIFE = Duration.ofSeconds(3);

    public ClassTraining {
        start = List.copyOf(start);
        later = List.copyOf(later);
    }

    /** Runs the built program in a house. */
    public static ClassTraining run() throws IOException {
        try (ManagedHouse managed = ManagedHouse.build();
                WebServer web = managed.house().web().call(() -> WebServer.listen(PORT))) {
            Set<String> start = usedIn(managed, gateway -> beginLife(managed.house(), web.port()));
            Set<String> later = usedIn(managed, gateway -> {
                beginLife(managed.house(), web.port());
                liveOn(managed, gateway, web.port());
            });
            later.removeAll(start);
            return new ClassTraining(List.copyOf(start), later.stream().sorted().toList());
        }
    }

    private static Set<String> usedIn(ManagedHouse managed, Consumer<Gateway> life) throws IOException {
        Path list = Files.createTempFile("hybrid-gateway", ".classes");
        Map<String, String> listing = Map.of("HYBRID_GATEWAY_JAVA_OPTS", "-XX:DumpLoadedClassList=" + list);
        try {
            try (Gateway gateway =
                    Gateway.launch(managed.house(), managed.configuration(), Distribution.program(), listing)) {
                gateway.process().awaitOutput(Gateway.LISTENING, PATIENCE);
                life.accept(gateway);
            }
            try (Stream<String> lines = Files.lines(list)) {
                return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
            }
        } finally {
            Files.delete(list);
        }
    }

    private static void beginLife(House house, int port) {
        fetch(house, House.webIpv4(), port);
        fetch(house, "[" + House.webIpv6() + "]", port);
    }

    private static void liveOn(ManagedHouse managed, Gateway gateway, int port) {
        House house = managed.house();
        managed.awaitManaged();
        visitPage(house);
        for (String report : List.of("status", "connections", "events")) {
            gateway.command(report);
        }
        house.fixed().cut(Cut.CARRIER);
        fetch(house, House.webIpv4(), port);
        Pause.of(LIFE);
        house.fixed().mend();
        Pause.of(LIFE);
        gateway.command("reload");
        fetch(house, House.webIpv4(), port);
    }

    private static void fetch(House house, String address, int port) {
        house.lanHost(0).run("curl", "-sS", "-o", "/dev/null", "http://" + address + ":" + port + "/small");
    }

    /** As the first visitor, who chooses the password and looks on for two seconds: then curl ends with 28. */
    private static void visitPage(House house) {
        house.lanHost(0)
                .run(
                        "sh",
                        "-ec",
                        """
                page=$1
                jar=$2
                curl -sS --fail -o /dev/null "$page/"
                curl -sS --fail -o /dev/null -c "$jar" -H "Origin: $page" -H 'Content-Type: application/json' \
                    -H 'X-Hybrid-Gateway: 1' -d '{"password":"only for training"}' "$page/api/first"
                curl -sS --max-time 2 -o /dev/null -b "$jar" "$page/api/live" 2> /dev/null || [ $? -eq 28 ]
                """,
                        "sh",
                        "http://" + House.GATEWAY_LAN_IPV4 + ":8480",
                        house.run().folder().resolve("cookies").toString());
    }
}
