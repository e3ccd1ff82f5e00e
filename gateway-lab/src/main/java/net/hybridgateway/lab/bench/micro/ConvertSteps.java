package net.hybridgateway.lab.bench.micro;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import net.hybridgateway.app.convert.ConvertClientHandshake;
import net.hybridgateway.app.convert.ConvertClientOutcome;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.app.convert.ConvertServerHandshake;
import net.hybridgateway.app.convert.ConvertServerOutcome;
import net.hybridgateway.app.convert.ConverterPolicy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What RFC 8803 adds to a connection, at both ends. */
@State(Scope.Thread)
public class ConvertSteps {
    private static final byte[] ACCEPTED = {1, 1, 0x22, 0x63};

    private final InetSocketAddress server = KernelWords.at("203.0.113.9", 443);
    private final ConverterPolicy policy = ConverterPolicy.mptcpOnly();
    private final byte[] request = ConvertRequest.connect(server).encode();

    /** The gateway asks for a server. */
    @Benchmark
    public byte[] request() {
        return ConvertRequest.connect(server).encode();
    }

    /** The same bytes, put where they are known to lie. */
    @Benchmark
    public byte[] requestAtKnownPlaces() {
        byte[] message = new byte[24];
        message[0] = 1;
        message[1] = 6;
        message[2] = 0x22;
        message[3] = 0x63;
        message[4] = 10;
        message[5] = 5;
        message[6] = (byte) (server.getPort() >> 8);
        message[7] = (byte) server.getPort();
        message[18] = (byte) 0xff;
        message[19] = (byte) 0xff;
        System.arraycopy(server.getAddress().getAddress(), 0, message, 20, 4);
        return message;
    }

    /** The gateway asks, and reads that the server was reached. */
    @Benchmark
    public ConvertClientOutcome wholeOfTheGateway() {
        ConvertClientHandshake handshake = new ConvertClientHandshake(ConvertRequest.connect(server));
        handshake.requestBytes();
        return handshake.feed(ByteBuffer.wrap(ACCEPTED));
    }

    /** The conversion point reads the request. */
    @Benchmark
    public ConvertServerOutcome wholeOfTheConversionPoint() {
        return new ConvertServerHandshake(policy, KernelWords.LOCAL.getAddress()).feed(ByteBuffer.wrap(request));
    }
}
