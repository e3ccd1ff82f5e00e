package net.hybridgateway.app.intercept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What hosts say first in protocols that expect it to be said twice, as far as these are known here. */
final class FirstWords {
    /** RFC 9110 §9.2.1: methods that change nothing at the server. */
    private static final List<ByteBuf> SAFE_METHODS =
            Stream.of("GET ", "HEAD ", "OPTIONS ").map(FirstWords::ascii).toList();

    private static final ByteBuf END_OF_HEAD = ascii("\r\n\r\n");

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;

    private FirstWords() {}

    private static ByteBuf ascii(String text) {
        return Unpooled.unreleasableBuffer(
                Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII).asReadOnly());
    }

    /**
     * Whether a server that hears this twice, over two connections, does nothing twice: a TLS ClientHello (RFC 8446 §4.1.2)
     * without early data, or one HTTP request with a safe method and without a body. In doubt not.
     */
    static boolean mayBeSaidTwice(ByteBuf said) {
        return isClientHello(said) || isSafeRequest(said);
    }

    private static boolean isClientHello(ByteBuf said) {
        int start = said.readerIndex();
        return said.readableBytes() > RECORD_HEADER
                && said.getUnsignedByte(start) == HANDSHAKE
                && said.getUnsignedByte(start + 1) == 3
                && said.getUnsignedByte(start + RECORD_HEADER) == CLIENT_HELLO
                && said.readableBytes() <= RECORD_HEADER + said.getUnsignedShort(start + 3);
    }

    private static boolean isSafeRequest(ByteBuf said) {
        boolean safe = SAFE_METHODS.stream()
                .anyMatch(method -> said.readableBytes() >= method.readableBytes()
                        && ByteBufUtil.equals(said, said.readerIndex(), method, 0, method.readableBytes()));
        int end = ByteBufUtil.indexOf(END_OF_HEAD, said);
        return safe && (end < 0 || end + END_OF_HEAD.readableBytes() == said.writerIndex());
    }
}
