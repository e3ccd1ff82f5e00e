package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.web.WebServer;
import org.junit.jupiter.api.Test;

/** SYNs with data that do not arrive, by chance or because something on the way drops them, and what the kernel makes of it. */
class LostSynIT {
    private static final int WEB_PORT = 8080;
    private static final String QUESTION = "GET /small HTTP/1.1\r\nHost: lab\r\n\r\n";

    /**
     * An IPv4 and a TCP header with the options of a SYN have 72 bytes at most here; with a Convert request, 92 or more; with a
     * mere question of the gateway's own, something between.
     */
    private static final String DROP_SYNS_WITH_DATA = """
            table inet middlebox {
              chain in {
                type filter hook input priority filter;
                tcp dport %1$d tcp flags & (syn | ack) == syn meta length > 84 counter drop
                tcp dport %1$d tcp flags & (syn | ack) == syn meta length > 72 drop
              }
            }
            """.formatted(ConversionPoint.PORT);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void keepsMultipathTcpWhereSynsWithDataAreLost() throws IOException {
        try (House house = Lan.build(HousePlan.shaped(LineShape.of(40, 20), LineShape.of(40, 50)));
                WebServer web = house.web().call(() -> WebServer.listen(WEB_PORT));
                ConversionPoint conversionPoint = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand"))) {
            // While it finds that out, it sends no data in the SYN; and once it is lost, it asks again after ten
            // seconds.
            assertTrue(Pause.until(
                    PATIENCE, () -> GatewayStatus.of(gateway).conversionPoint().getBoolean("fastOpen", false)));
            house.conversionPoint().nft(DROP_SYNS_WITH_DATA);
            try (Socket first = visit(house, web);
                    Socket second = visit(house, web);
                    Socket third = visit(house, web)) {
                assertTrue(first.isConnected() && second.isConnected() && third.isConnected());
                GatewayStatus status = GatewayStatus.of(gateway);
                assertEquals(3, status.bondedConnections());
                assertFalse(status.conversionPoint().getBoolean("fastOpen"), "the second did not try it any more");
                assertTrue(status.conversionPoint().getBoolean("mptcp"));
            }
            String dropped = house.conversionPoint().run("nft", "list", "table", "inet", "middlebox");
            assertTrue(dropped.contains("packets 1 "), dropped);
            assertTrue(conversionPoint.process().isAlive());
        }
    }

    /** Fetches a page over a connection that stays. */
    private static Socket visit(House house, WebServer web) throws IOException {
        Socket socket = Lan.connect(house.lanHost(0), House.webIpv4(), web.port());
        socket.getOutputStream().write(Lan.bytes(QUESTION));
        assertEquals('H', socket.getInputStream().read());
        return socket;
    }
}
