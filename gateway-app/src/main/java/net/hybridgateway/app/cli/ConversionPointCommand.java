package net.hybridgateway.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.hybridgateway.app.convert.ConverterPolicy;
import net.hybridgateway.app.convert.CookieMint;
import net.hybridgateway.app.converter.ConversionPointDaemon;
import net.hybridgateway.app.converter.ConverterOptions;
import net.hybridgateway.app.converter.TargetPolicy;
import net.hybridgateway.mgmt.config.AddressPrefix;

final class ConversionPointCommand implements Command {
    private static final String DEFAULT_LISTEN = "[::]:7000";
    private static final Path DEFAULT_RUN_DIR = Path.of("/var/run/hybrid-gateway-mcp");
    private static final int LARGEST_SECRET = 4096;

    private static final Option LISTEN = new Option(
            "--listen", "ADDRESS:PORT", "where to listen; may be repeated (default: " + DEFAULT_LISTEN + ")");
    private static final Option ALLOW_PRIVATE =
            new Option("--allow-private", "", "connect to servers in private networks, too");
    private static final Option ALLOW_OWN =
            new Option("--allow-own", "", "connect to servers on this host, too (never over loopback)");
    private static final Option REQUIRE_COOKIE = new Option(
            "--require-cookie", "", "serve only clients that can receive at the address that they send from");
    private static final Option COOKIE_SECRET = new Option(
            "--cookie-secret", "FILE", "16 bytes or more, so that cookies outlive a restart (default: drawn at start)");
    private static final Option ANNOUNCE =
            new Option("--announce", "ADDRESS", "a further address that clients may join; may be repeated");
    private static final Option ANNOUNCED_ONLY =
            new Option("--announced-only", "", "let clients join announced addresses only, as behind a load balancer");
    private static final Option SERVER_MPTCP =
            new Option("--server-mptcp", "", "offer servers Multipath TCP, even if the client does not ask for it");
    private static final Option MAX_CONNECTIONS =
            new Option("--max-connections", "N", "at one time, of all clients (default: 10000)");
    private static final Option MAX_PER_CLIENT =
            new Option("--max-per-client", "N", "at one time, of one client address (default: 2000)");
    private static final Option RUN_DIR =
            new Option("--run-dir", "DIR", "where the lock lives (default: " + DEFAULT_RUN_DIR + ")");

    @Override
    public String name() {
        return "mcp";
    }

    @Override
    public String summary() {
        return "Runs a conversion point (RFC 8803) until it is told to stop (SIGTERM or SIGINT).";
    }

    @Override
    public List<Option> options() {
        return List.of(
                LISTEN,
                ALLOW_PRIVATE,
                ALLOW_OWN,
                REQUIRE_COOKIE,
                COOKIE_SECRET,
                ANNOUNCE,
                ANNOUNCED_ONLY,
                SERVER_MPTCP,
                MAX_CONNECTIONS,
                MAX_PER_CLIENT,
                RUN_DIR);
    }

    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) throws InterruptedException {
        ConverterOptions options = new ConverterOptions(
                listen(arguments),
                arguments.all(ANNOUNCE).stream()
                        .map(text -> address(ANNOUNCE, text))
                        .toList(),
                new TargetPolicy(
                        arguments.has(ALLOW_PRIVATE),
                        arguments.has(ALLOW_OWN) ? address -> false : ConversionPointCommand::isOwn),
                policy(arguments),
                arguments.number(MAX_CONNECTIONS, 1, 1_000_000, 10_000),
                arguments.number(MAX_PER_CLIENT, 1, 1_000_000, 2_000),
                ConverterOptions.DEFAULT_REQUEST_PATIENCE,
                ConverterOptions.DEFAULT_IDLE,
                arguments.has(SERVER_MPTCP));
        Path runDir = arguments.value(RUN_DIR).map(Path::of).orElse(DEFAULT_RUN_DIR);
        return Service.run(
                () -> ConversionPointDaemon.start(options, arguments.has(ANNOUNCED_ONLY), runDir),
                out,
                "conversion point listening on "
                        + options.listen().stream()
                                .map(ConversionPointCommand::text)
                                .collect(Collectors.joining(", ")));
    }

    private static List<InetSocketAddress> listen(Arguments arguments) {
        List<String> given = arguments.all(LISTEN);
        return (given.isEmpty() ? List.of(DEFAULT_LISTEN) : given)
                .stream().map(ConversionPointCommand::socketAddress).toList();
    }

    private static InetSocketAddress socketAddress(String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            String host = text.substring(0, colon);
            String literal = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            Optional<InetAddress> address = AddressPrefix.address(literal);
            if (address.isPresent() && text.substring(colon + 1).matches("[0-9]{1,5}")) {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port >= 1 && port <= 65535) {
                    return new InetSocketAddress(address.get(), port);
                }
            }
        }
        throw new UsageException("option " + LISTEN.name() + ": '" + text
                + "' is not an address and a port, such as 192.0.2.1:7000 or [::]:7000");
    }

    private static InetAddress address(Option option, String text) {
        return AddressPrefix.address(text)
                .orElseThrow(
                        () -> new UsageException("option " + option.name() + ": '" + text + "' is not an address"));
    }

    private static ConverterPolicy policy(Arguments arguments) {
        ConverterPolicy policy = ConverterPolicy.mptcpOnly();
        if (!arguments.has(REQUIRE_COOKIE)) {
            return policy;
        }
        return policy.requiringCookies(new CookieMint(arguments
                .value(COOKIE_SECRET)
                .map(ConversionPointCommand::secret)
                .orElseGet(() -> {
                    byte[] drawn = new byte[32];
                    new SecureRandom().nextBytes(drawn);
                    return drawn;
                })));
    }

    private static byte[] secret(String file) {
        try (var in = Files.newInputStream(Path.of(file))) {
            byte[] secret = in.readNBytes(LARGEST_SECRET);
            if (secret.length < 16) {
                throw new CommandFailedException(
                        file + ": a cookie secret has 16 bytes or more, this one has " + secret.length);
            }
            return secret;
        } catch (IOException e) {
            throw new CommandFailedException("cannot read the cookie secret " + file, e);
        }
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress() instanceof Inet6Address any && any.isAnyLocalAddress()
                ? "::"
                : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
