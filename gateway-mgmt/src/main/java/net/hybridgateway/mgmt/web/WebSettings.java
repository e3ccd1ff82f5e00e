package net.hybridgateway.mgmt.web;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.hybridgateway.mgmt.config.WebConfig;

/**
 * How the page is served: what the configuration says of it, and of the house.
 *
 * @param lanDevices where it is served if the configuration names no address
 * @param uplinkDevices who comes in there is refused
 */
public record WebSettings(WebConfig web, List<String> lanDevices, Set<String> uplinkDevices) {
    public WebSettings {
        Objects.requireNonNull(web, "web");
        lanDevices = List.copyOf(lanDevices);
        uplinkDevices = Set.copyOf(uplinkDevices);
    }

    /** The addresses to listen to, as things are now: those of devices may come and go. */
    List<InetSocketAddress> addresses() {
        if (!web.enabled()) {
            return List.of();
        }
        return web.listen().isEmpty() ? Interfaces.addresses(lanDevices, WebConfig.PORT) : web.listen();
    }
}
