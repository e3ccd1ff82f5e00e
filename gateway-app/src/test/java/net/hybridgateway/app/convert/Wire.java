package net.hybridgateway.app.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Bytes and addresses for the tests of this package. */
final class Wire {
    /** 192.0.2.1 as the address field of a Connect TLV. */
    static final String SERVER_FIELD = "00000000 00000000 0000FFFF C0000201";

    private Wire() {}

    static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(ByteString.ofHex(hex).toByteArray());
    }

    static InetSocketAddress server() {
        return endpoint("192.0.2.1", 80);
    }

    static InetSocketAddress endpoint(String literal, int port) {
        return new InetSocketAddress(address(literal), port);
    }

    /** Only literals, so no name is ever looked up. */
    @SuppressWarnings("AddressSelection")
    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ConvertCookie cookie(String hex) {
        return new ConvertCookie(ByteString.ofHex(hex));
    }

    /** Decodes a message that must be complete and alone. */
    static ConvertMessage decode(String hex) {
        ByteBuffer in = bytes(hex);
        ConvertDecoder decoder = new ConvertDecoder();
        assertEquals(true, decoder.feed(in), "complete");
        assertEquals(0, in.remaining(), "bytes left over");
        return decoder.message().orElseThrow();
    }

    static ConvertException fault(String hex) {
        ConvertDecoder decoder = new ConvertDecoder();
        return assertThrows(ConvertException.class, () -> decoder.feed(bytes(hex)));
    }
}
