package net.hybridgateway.app.upstream;

import java.net.InetAddress;
import java.util.Objects;
import net.hybridgateway.scheduler.InitialPath;

/**
 * How a new connection leaves the house.
 *
 * @param conversionPoint where it goes
 * @param path the uplink of its initial subflow
 * @param source the local address, of the conversion point's family
 * @param mode when the Convert message is sent
 * @param memory where to report what came of it
 */
public record Route(
        ConversionPoint conversionPoint, InitialPath path, InetAddress source, HandshakeMode mode, PathMemory memory) {
    public Route {
        Objects.requireNonNull(conversionPoint, "conversionPoint");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(memory, "memory");
    }
}
