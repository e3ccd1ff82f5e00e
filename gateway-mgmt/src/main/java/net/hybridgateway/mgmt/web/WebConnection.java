package net.hybridgateway.mgmt.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One connection of a browser: one request at a time, each within its time. Belongs to the thread "web".
 *
 * <p>A second request before the first was answered (pipelining, which no browser does any more) ends the connection.
 */
final class WebConnection extends SimpleChannelInboundHandler<FullHttpRequest>
        implements ConnectionTable.Member, WebSite.Asker, Watcher {
    private final WebSite site;
    private final ConnectionTable table;
    private final LiveFeed feed;
    private final LongSupplier nanoTime;
    private final boolean secure;
    private ChannelHandlerContext context;
    private InetSocketAddress peer;
    private boolean answering;
    private boolean streaming;
    private boolean keepAlive;
    private boolean headOnly;
    private long deadlineNanos;

    WebConnection(WebSite site, ConnectionTable table, LiveFeed feed, LongSupplier nanoTime, boolean secure) {
        this.site = site;
        this.table = table;
        this.feed = feed;
        this.nanoTime = nanoTime;
        this.secure = secure;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        deadlineNanos = nanoTime.getAsLong() + WebLimits.REQUEST_NANOS;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        peer = (InetSocketAddress) ctx.channel().remoteAddress();
        InetSocketAddress local = (InetSocketAddress) ctx.channel().localAddress();
        if (peer == null || local == null || !table.admit(this, local.getAddress())) {
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        table.remove(this);
        feed.remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        close(); // a client that went, or one that does not speak TLS; nothing that a log should fill with
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest message) {
        if (answering || streaming || !ctx.channel().isActive()) {
            close();
            return;
        }
        answering = true;
        deadlineNanos = nanoTime.getAsLong() + WebLimits.ANSWER_NANOS;
        headOnly = "HEAD".equals(message.method().name());
        keepAlive = HttpUtil.isKeepAlive(message);
        DecoderResult decoded = message.decoderResult();
        List<String> hosts = message.headers().getAll(HttpHeaderNames.HOST);
        if (decoded.isFailure()) {
            refuse(decoded.cause());
        } else if (hosts.size() != 1 || !message.uri().startsWith("/")) {
            keepAlive = false;
            reply(Reply.refusal(400, "a request needs one Host header and a path"));
        } else {
            site.answer(request(message), this);
        }
    }

    private void refuse(Throwable cause) {
        keepAlive = false;
        if (cause instanceof TooLongHttpLineException) {
            reply(Reply.refusal(414, "the request line is longer than " + WebLimits.LINE_BYTES + " bytes"));
        } else if (cause instanceof TooLongHttpHeaderException) {
            reply(Reply.refusal(431, "the headers are longer than " + WebLimits.HEADER_BYTES + " bytes"));
        } else {
            reply(Reply.refusal(400, "this is not HTTP/1.1"));
        }
    }

    private Request request(FullHttpRequest message) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Request.READ_HEADERS) {
            List<String> values = message.headers().getAll(name);
            if (!values.isEmpty()) {
                headers.put(name, String.join(name.equals(Request.COOKIE) ? "; " : ", ", values));
            }
        }
        int query = message.uri().indexOf('?');
        return new Request(
                message.method().name(),
                query < 0 ? message.uri() : message.uri().substring(0, query),
                headers,
                message.content().toString(StandardCharsets.UTF_8),
                peer,
                (InetSocketAddress) context.channel().localAddress(),
                secure);
    }

    // ---- answers ----------------------------------------------------------------------------------------------------

    @Override
    public void reply(Reply reply) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        boolean bodiless = reply.status() == HttpResponseStatus.NOT_MODIFIED.code();
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                headOnly || bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        addHeaders(response, reply.type());
        reply.headers().forEach(response.headers()::set);
        if (!bodiless) {
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
        boolean goesOn = keepAlive;
        HttpUtil.setKeepAlive(response, goesOn);
        var unused = context.writeAndFlush(response).addListener((ChannelFutureListener) sent -> {
            if (sent.isSuccess() && goesOn) {
                answering = false;
                deadlineNanos = nanoTime.getAsLong() + WebLimits.REQUEST_NANOS;
            } else {
                close();
            }
        });
    }

    private void addHeaders(HttpResponse response, String type) {
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, type);
        SecurityHeaders.ALL.forEach(headers::set);
        if (secure) {
            SecurityHeaders.OVER_TLS.forEach(headers::set);
        }
    }

    // ---- the stream of events ---------------------------------------------------------------------------------------

    @Override
    public Watcher watch() {
        streaming = true;
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        addHeaders(response, "text/event-stream; charset=utf-8");
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        var unused = context.writeAndFlush(response);
        return this;
    }

    @Override
    public boolean ready() {
        return context.channel().isWritable();
    }

    @Override
    public void send(String lines) {
        var unused =
                context.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(lines, StandardCharsets.UTF_8)));
    }

    @Override
    public void end(String lines) {
        var unused = context.writeAndFlush(
                        new DefaultLastHttpContent(Unpooled.copiedBuffer(lines, StandardCharsets.UTF_8)))
                .addListener(ChannelFutureListener.CLOSE);
        streaming = false; // it has to take that within the time for answers
        deadlineNanos = nanoTime.getAsLong() + WebLimits.ANSWER_NANOS;
    }

    // ---- its place in the table -------------------------------------------------------------------------------------

    @Override
    public InetAddress peer() {
        return peer.getAddress();
    }

    @Override
    public boolean overdue(long nowNanos) {
        // Of a stream, the feed looks whether it takes what it is sent.
        return !streaming && deadlineNanos - nowNanos <= 0;
    }

    @Override
    public void close() {
        var unused = context.close();
    }
}
