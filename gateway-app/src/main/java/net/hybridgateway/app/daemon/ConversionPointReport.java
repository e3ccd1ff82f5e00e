package net.hybridgateway.app.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.PathHandshake;
import net.hybridgateway.app.upstream.PathMemory;
import net.hybridgateway.app.upstream.PointSource;
import net.hybridgateway.app.upstream.PointStanding;
import net.hybridgateway.app.upstream.PointTrouble;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.mgmt.status.ConversionPointStatus;

/** Tells what experience says about one address of a conversion point, over all uplinks. */
final class ConversionPointReport {
    /** The best comes first: one uplink over which it works is enough to use it. */
    private static final List<ConversionPointStatus.State> BEST_FIRST = List.of(
            ConversionPointStatus.State.PAUSED,
            ConversionPointStatus.State.UP,
            ConversionPointStatus.State.RETURNING,
            ConversionPointStatus.State.DOWN);

    private ConversionPointReport() {}

    static ConversionPointStatus of(ConversionPoint point, List<String> uplinks, UpstreamRouter router, long nowNanos) {
        List<ConversionPointStatus.Path> paths = new ArrayList<>();
        List<PathMemory> memories = new ArrayList<>();
        for (String uplink : uplinks) {
            router.known(point, uplink)
                    .filter(memory -> isWorthTelling(memory, nowNanos))
                    .ifPresent(memory -> {
                        memories.add(memory);
                        paths.add(path(uplink, memory, nowNanos));
                    });
        }
        Optional<ConversionPointStatus.Path> best = BEST_FIRST.stream()
                .flatMap(state -> paths.stream().filter(path -> path.state() == state))
                .findFirst();
        Optional<PathHandshake> handshake = memories.stream()
                .map(PathMemory::handshake)
                .filter(known -> known != PathHandshake.UNKNOWN)
                .findFirst();
        return new ConversionPointStatus(
                point.name(),
                point.address().getAddress().getHostAddress(),
                point.address().getPort(),
                origin(point.origin().source()),
                best.map(ConversionPointStatus.Path::state).orElse(ConversionPointStatus.State.UNKNOWN),
                best.map(ConversionPointStatus.Path::stateSeconds).orElse(OptionalLong.empty()),
                best.flatMap(ConversionPointStatus.Path::reason),
                speaksMultipath(memories, handshake),
                handshake.map(known -> known == PathHandshake.FAST_OPEN).or(() -> lastSynData(memories)),
                paths);
    }

    private static ConversionPointStatus.Origin origin(PointSource source) {
        return switch (source) {
            case CONFIGURATION -> ConversionPointStatus.Origin.CONFIGURATION;
            case DHCPV6 -> ConversionPointStatus.Origin.DHCPV6;
            case DHCPV4 -> ConversionPointStatus.Origin.DHCPV4;
            case DNS -> ConversionPointStatus.Origin.DNS;
        };
    }

    private static Optional<Boolean> speaksMultipath(List<PathMemory> memories, Optional<PathHandshake> handshake) {
        if (memories.stream().anyMatch(PathMemory::withoutMultipath)) {
            return Optional.of(false);
        }
        return handshake.map(known -> known != PathHandshake.ANSWERED_PLAIN).or(() -> memories.stream()
                .flatMap(memory -> memory.multipath().stream())
                .map(PathMemory.Seen::what)
                .filter(seen -> seen)
                .findFirst());
    }

    private static Optional<Boolean> lastSynData(List<PathMemory> memories) {
        return memories.stream()
                .flatMap(memory -> memory.synData().stream())
                .map(seen -> seen.what() == PathMemory.SynData.ACCEPTED)
                .findFirst();
    }

    private static boolean isWorthTelling(PathMemory memory, long nowNanos) {
        return memory.standing(nowNanos).state() != PointStanding.State.UNTRIED
                || memory.multipath().isPresent();
    }

    private static ConversionPointStatus.Path path(String uplink, PathMemory memory, long nowNanos) {
        PointStanding standing = memory.standing(nowNanos);
        ConversionPointStatus.State state = state(standing);
        List<ConversionPointStatus.Fact> known = new ArrayList<>();
        add(known, "mptcp", memory.multipath(), ConversionPointReport::yesOrNo, nowNanos);
        add(known, "syn-data", memory.synData(), seen -> seen.name().toLowerCase(Locale.ROOT), nowNanos);
        add(
                known,
                "extensions",
                memory.extensions(),
                kinds -> kinds.stream().map(String::valueOf).collect(Collectors.joining(" ")),
                nowNanos);
        add(known, "cookie", memory.cookie(), ConversionPointReport::yesOrNo, nowNanos);
        return new ConversionPointStatus.Path(
                uplink,
                state,
                state == ConversionPointStatus.State.UNKNOWN
                        ? OptionalLong.empty()
                        : OptionalLong.of(seconds(nowNanos - standing.sinceNanos())),
                standing.trouble().map(PointTrouble::sentence),
                known);
    }

    private static ConversionPointStatus.State state(PointStanding standing) {
        return switch (standing.state()) {
            case UNTRIED -> ConversionPointStatus.State.UNKNOWN;
            case UP -> ConversionPointStatus.State.UP;
            case DOWN -> ConversionPointStatus.State.DOWN;
            case RETURNING -> ConversionPointStatus.State.RETURNING;
            case PAUSED -> ConversionPointStatus.State.PAUSED;
        };
    }

    private static <T> void add(
            List<ConversionPointStatus.Fact> facts,
            String name,
            Optional<PathMemory.Seen<T>> seen,
            Function<T, String> text,
            long nowNanos) {
        seen.ifPresent(fact -> facts.add(
                new ConversionPointStatus.Fact(name, text.apply(fact.what()), seconds(nowNanos - fact.atNanos()))));
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos);
    }
}
