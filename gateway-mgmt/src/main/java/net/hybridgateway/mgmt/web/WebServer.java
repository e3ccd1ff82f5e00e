package net.hybridgateway.mgmt.web;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Serves the local page, on one event loop, "web". Open once, close once; the settings may change in between, and sessions
 * outlive that.
 */
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 64;

    /** Between two looks whether an address came or went. */
    private static final int LOOK_EVERY_TICKS = 5;

    private final LongSupplier nanoTime;
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("web", true), NioIoHandler.newFactory());
    private final Worker passwords = new Worker("web-password", loop);
    private final Worker work = new Worker("web-work", loop);
    private final ConnectionTable table;
    private final PasswordFile file;
    private final Account account;
    private final LiveFeed feed;
    private final WebSite site;
    private final Listeners listeners;
    // Of the thread "web", after the start.
    private Optional<SslContext> tls = Optional.empty();
    private WebSettings current;
    private int ticks;

    /**
     * What the page needs of the rest.
     *
     * @param commands request line to response line, as {@code ControlCommands.answer}
     * @param stateFolder for the hash of the password
     */
    public record Surroundings(UnaryOperator<String> commands, Path stateFolder, LongSupplier nanoTime) {
        public Surroundings {
            Objects.requireNonNull(commands, "commands");
            Objects.requireNonNull(stateFolder, "stateFolder");
            Objects.requireNonNull(nanoTime, "nanoTime");
        }
    }

    private WebServer(Surroundings surroundings, WebSettings settings) {
        this.current = settings;
        SecureRandom secure = new SecureRandom();
        this.nanoTime = surroundings.nanoTime();
        this.table =
                new ConnectionTable(new LanRule(local -> Interfaces.home(local, current.uplinkDevices())), nanoTime);
        this.file = PasswordFile.in(surroundings.stateFolder());
        this.account = new Account(
                file,
                settings.web().sessionTimeout(),
                passwords,
                count -> {
                    byte[] bytes = new byte[count];
                    secure.nextBytes(bytes);
                    return bytes;
                },
                nanoTime);
        this.feed = new LiveFeed(
                () -> surroundings.commands().apply("{\"command\":\"status\"}"), work, nanoTime, account::lives);
        this.site = new WebSite(account, surroundings.commands(), work, feed);
        this.listeners = new Listeners(bootstrap());
    }

    /**
     * Begins to serve. Addresses that cannot be had yet are tried again every few seconds; {@link #problems} names them.
     *
     * @throws WebException if certificate and key do not fit
     */
    public static WebServer open(Surroundings surroundings, WebSettings settings) {
        WebServer server = new WebServer(surroundings, settings);
        try {
            server.apply(settings);
        } catch (WebException e) {
            server.close();
            throw e;
        }
        var unused = server.loop.scheduleWithFixedDelay(server::tick, 1, 1, TimeUnit.SECONDS);
        return server;
    }

    /**
     * Serves by other settings from now on; connections that stand go on. Not for the thread "web".
     *
     * @throws WebException if certificate and key do not fit; then nothing changes
     */
    public void apply(WebSettings settings) {
        Optional<SslContext> context = settings.web().tls().map(Tls::open);
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                () -> {
                    tls = context;
                    site.metrics(settings.web().metrics());
                    account.sessionTimeout(settings.web().sessionTimeout());
                    current = settings;
                    listeners.want(settings.addresses());
                },
                loop);
        done.join();
    }

    /** Where it listens now. */
    public List<InetSocketAddress> addresses() {
        return listeners.addresses();
    }

    /** What is wrong now, and what to do, one sentence each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(listeners.problems());
        file.problem().ifPresent(problems::add);
        return problems;
    }

    /** Ends connections and threads. */
    @Override
    public void close() {
        passwords.close();
        work.close();
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }

    /** What comes due with the seconds. Cheap while nobody is connected. */
    void tick() {
        if (!table.isEmpty()) {
            table.endOverdue();
            feed.tick();
        }
        if (++ticks % LOOK_EVERY_TICKS == 0) {
            listeners.want(current.addresses());
        }
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                // Few and short: a pool would keep more than it saves.
                .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        Optional<SslContext> context = tls;
                        context.ifPresent(it -> channel.pipeline().addLast(it.newHandler(channel.alloc())));
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(new HttpDecoderConfig()
                                                .setMaxInitialLineLength(WebLimits.LINE_BYTES)
                                                .setMaxHeaderSize(WebLimits.HEADER_BYTES)),
                                        new HttpObjectAggregator(WebLimits.BODY_BYTES, true),
                                        new WebConnection(site, table, feed, nanoTime, context.isPresent()));
                    }
                });
    }
}
