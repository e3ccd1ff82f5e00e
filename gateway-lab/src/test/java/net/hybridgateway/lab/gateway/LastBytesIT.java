package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.Test;

/**
 * A line that breaks when the sender has said its last word and gone, and some of it is still on the way. Linux joins nothing to
 * a connection of which one end has said that it is done; see the relay's {@code Direction}.
 */
class LastBytesIT {
    private static final int PORT = 9200;
    private static final int ALL = 200_000;
    /** Of a slow line, a third of a second. */
    private static final int REST = 40_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    void theRestOfAnAnswerComesOverTheOtherUplinkAlthoughTheServerHasClosed() throws Exception {
        inAHouse((house, server) -> {
            Future<?> answer = threads.submit(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write(new byte[ALL]);
                }
                return null;
            });
            try (Socket host = Lan.connect(house.lanHost(0), House.webIpv4(), PORT)) {
                InputStream in = host.getInputStream();
                in.readNBytes(ALL - REST);
                answer.get();
                house.fixed().cut(Cut.CARRIER);
                assertEquals(REST, in.readAllBytes().length);
            }
        });
    }

    @Test
    void theRestOfAnUploadComesOverTheOtherUplinkAlthoughTheHostHasSaidItsLast() throws Exception {
        inAHouse((house, server) -> {
            CountDownLatch almost = new CountDownLatch(1);
            Future<?> count = threads.submit(() -> {
                try (Socket socket = server.accept()) {
                    InputStream in = socket.getInputStream();
                    in.readNBytes(ALL - REST);
                    almost.countDown();
                    socket.getOutputStream().write(in.readAllBytes().length / 1_000);
                }
                return null;
            });
            try (Socket host = Lan.connect(house.lanHost(0), House.webIpv4(), PORT)) {
                host.getOutputStream().write(new byte[ALL]);
                host.shutdownOutput();
                assertTrue(almost.await(Lan.PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
                house.fixed().cut(Cut.CARRIER);
                assertEquals(REST / 1_000, host.getInputStream().read());
            }
            count.get();
        });
    }

    private interface Scene {
        void play(House house, ServerSocket server) throws Exception;
    }

    private void inAHouse(Scene scene) throws Exception {
        try (House house = Lan.build(HousePlan.shaped(LineShape.of(1, 20), LineShape.of(10, 50)));
                ServerSocket server = house.web().call(listening());
                ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand"))) {
            scene.play(house, server);
            assertTrue(point.process().isAlive());
            assertTrue(gateway.process().isAlive());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<ServerSocket> listening() {
        return () -> {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                return channel.bind(new InetSocketAddress(PORT)).socket();
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        };
    }
}
