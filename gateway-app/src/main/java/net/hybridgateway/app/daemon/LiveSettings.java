package net.hybridgateway.app.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.mgmt.config.ConversionPointConfig;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.InterceptionConfig;
import net.hybridgateway.mgmt.config.SiteConfig;

/**
 * What of a new configuration can be followed at once, and what waits for a restart. Pure.
 *
 * @param config the new configuration, but for what waits, which is as it was
 * @param restart what waits, as {@code SECTION.OPTION}, or {@code TYPE 'NAME'.OPTION}
 */
record LiveSettings(GatewayConfig config, List<String> restart) {
    LiveSettings {
        restart = List.copyOf(restart);
    }

    /** From the configuration that is followed now to another one. */
    static LiveSettings between(GatewayConfig now, GatewayConfig wanted) {
        List<String> restart = new ArrayList<>();
        InterceptionConfig before = now.interception();
        InterceptionConfig after = wanted.interception();
        note(restart, "gateway.transparent_port", before.transparentPort(), after.transparentPort());
        note(restart, "gateway.mptcp_servers", before.mptcpServers(), after.mptcpServers());
        note(
                restart,
                "gateway.state_dir",
                now.site().stateFolder(),
                wanted.site().stateFolder());
        note(restart, "gateway.time_zone", now.site().timeZone(), wanted.site().timeZone());
        note(restart, "discovery", now.discovery(), wanted.discovery());
        List<ConversionPointConfig> points = new ArrayList<>();
        for (ConversionPointConfig point : wanted.conversionPoints()) {
            points.add(withOldCookies(now, point, restart));
        }
        GatewayConfig effective = new GatewayConfig(
                new InterceptionConfig(
                        after.enabled(),
                        after.lanDevices(),
                        before.transparentPort(),
                        after.maxConnections(),
                        after.idleTimeout(),
                        after.halfClosedTimeout(),
                        after.exclude(),
                        after.mptcpHosts(),
                        before.mptcpServers(),
                        after.quic()),
                new SiteConfig(
                        now.site().stateFolder(),
                        now.site().timeZone(),
                        wanted.site().holdDown()),
                wanted.uplinks(),
                points,
                wanted.rules(),
                now.discovery(),
                wanted.drill(),
                wanted.mqtt(),
                wanted.web());
        return new LiveSettings(effective, restart);
    }

    private static void note(List<String> restart, String what, Object before, Object after) {
        if (!before.equals(after)) {
            restart.add(what);
        }
    }

    /** A jar that is open stays where it is. */
    private static ConversionPointConfig withOldCookies(
            GatewayConfig now, ConversionPointConfig point, List<String> restart) {
        Optional<ConversionPointConfig> before = now.conversionPoints().stream()
                .filter(old -> old.name().equals(point.name()))
                .findFirst();
        if (before.isEmpty() || before.get().cookieFile().equals(point.cookieFile())) {
            return point;
        }
        restart.add("conversion_point '" + point.name() + "'.cookie_file");
        return new ConversionPointConfig(
                point.name(),
                point.addresses(),
                point.port(),
                before.get().cookieFile(),
                point.handshake(),
                point.preference());
    }
}
