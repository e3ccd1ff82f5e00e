package net.hybridgateway.lab.measure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.web.WebServer;

/**
 * From a LAN host's connect to the first byte of the server's answer: medians, through the gateway and without it.
 *
 * @param rttMillis of the fixed line
 * @param directMillis without the gateway's program: plain TCP takes two round trips, one to connect and one to ask
 * @param gatewayMillis through gateway and conversion point
 */
public record FirstByte(double rttMillis, double directMillis, double gatewayMillis) {
    private static final int WEB_PORT = 8080;
    private static final int TIMES = 20;
    private static final int WARM_UP = 5;
    private static final int MEGABITS = 40;
    private static final int TIMEOUT_MILLIS = 5000;

    /**
     * Builds a house and measures in it, each way twenty times and the median of them.
     *
     * @param rttMillis of both lines
     */
    public static FirstByte measure(double rttMillis) throws IOException {
        LineShape shape = LineShape.of(MEGABITS, rttMillis);
        try (House house = House.build(HousePlan.shaped(shape, shape));
                WebServer web = house.web().call(() -> WebServer.listen(WEB_PORT))) {
            double direct = median(house, web.port());
            try (ConversionPoint conversionPoint = ConversionPoint.start(house);
                    Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand"))) {
                double through = median(house, web.port());
                if (!conversionPoint.process().isAlive() || !gateway.process().isAlive()) {
                    throw new LabException("the gateway or the conversion point has died");
                }
                return new FirstByte(rttMillis, direct, through);
            }
        }
    }

    /** Time through the gateway for each unit of time without it. */
    public double ratio() {
        return gatewayMillis / directMillis;
    }

    private static double median(House house, int port) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            once(house, port);
        }
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            millis[i] = once(house, port) / 1e6;
        }
        Arrays.sort(millis);
        return (millis[TIMES / 2 - 1] + millis[TIMES / 2]) / 2;
    }

    private static long once(House house, int port) throws IOException {
        ByteBuffer question = ByteBuffer.wrap(
                "GET /small HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        try (SocketChannel channel = house.lanHost(0).call(SocketChannel::open)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            long start = System.nanoTime();
            channel.socket().connect(new InetSocketAddress(House.webIpv4(), port), TIMEOUT_MILLIS);
            channel.write(question);
            if (channel.read(ByteBuffer.allocate(1)) != 1) {
                throw new IOException("the server did not answer");
            }
            return System.nanoTime() - start;
        }
    }

    @Override
    public String toString() {
        return String.format(
                "time to first byte, medians of %d at a round trip of %.0f ms: direct %.1f ms (%.2f round trips),"
                        + " through the gateway %.1f ms (%.2f round trips), ratio %.3f",
                TIMES,
                rttMillis,
                directMillis,
                directMillis / rttMillis,
                gatewayMillis,
                gatewayMillis / rttMillis,
                ratio());
    }

    /**
     * Measures and prints.
     *
     * @param arguments the round trip in milliseconds; 20 if there is none
     */
    public static void main(String[] arguments) throws IOException {
        try {
            System.out.println(measure(arguments.length == 0 ? 20 : Double.parseDouble(arguments[0])));
        } catch (LabException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
