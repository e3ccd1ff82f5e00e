package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.MptcpCounters;
import net.hybridgateway.lab.net.Topology;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.Test;

/**
 * Two conversion points behind one address. A subflow that went to that address again would reach the other one every
 * second time; so each denies it (the C flag) and announces an address of its own.
 */
class LoadBalancerIT {
    private static final int POINTS = 2;

    @Test
    void eachConnectionIsJoinedAtTheConversionPointThatHasIt() throws IOException {
        try (House house = Lan.build(HousePlan.shaped(LineShape.of(20, 10), LineShape.of(10, 20))
                        .withConversionPoints(POINTS)
                        .withTopology(Topology.loadBalanced()));
                ConversionPoint first = start(house, 0);
                ConversionPoint second = start(house, 1)) {
            Crossing.keepBuffersSmall(house);
            String configuration =
                    Gateway.configuration("always").replace(House.conversionPointIpv4(0), House.balancedIpv4());
            List<Integer> shares;
            try (Gateway gateway = Gateway.start(house, configuration);
                    Crossing crossing = Crossing.start(house, House.webIpv4(), 9100)) {
                crossing.begin(Transfer.Way.DOWN, House.webIpv4());
                crossing.begin(Transfer.Way.UP, House.webIpv6());
                // Not always two each, for the gateway's own questions take their turns, too.
                shares = crossing.awaitOneOf(List.of(
                        Set.of(overFixed(House.balancedIpv4()), overCellular(House.conversionPointIpv4(0))),
                        Set.of(overFixed(House.balancedIpv4()), overCellular(House.conversionPointIpv4(1)))));
                assertTrue(shares.stream().allMatch(share -> share > 0), shares::toString);
                house.fixed().cut(Cut.CARRIER);
                for (int index = 0; index < POINTS; index++) {
                    crossing.awaitConnections(shares.get(index), overCellular(House.conversionPointIpv4(index)));
                }
                crossing.awaitProgress("over cellular");
                house.fixed().mend();
                // The fixed line comes back to the announced address, too: the common one is denied for ever.
                for (int index = 0; index < POINTS; index++) {
                    crossing.awaitConnections(
                            shares.get(index),
                            overFixed(House.conversionPointIpv4(index)),
                            overCellular(House.conversionPointIpv4(index)));
                }
                crossing.finish();
                assertEquals(4, GatewayStatus.of(gateway).totalConnections());
            }
            for (int index = 0; index < POINTS; index++) {
                assertEquals(0, MptcpCounters.read(house.conversionPoint(index), "MPJoinNoTokenFound"), "strays");
                // The gateway's own questions are connections, too.
                assertTrue(
                        MptcpCounters.read(house.conversionPoint(index), "MPCapableACKRX") >= shares.get(index),
                        "connections");
                assertTrue(
                        MptcpCounters.read(house.conversionPoint(index), "MPJoinAckRx") >= 2 * shares.get(index),
                        "joins");
            }
            assertTrue(first.process().isAlive() && second.process().isAlive());
        }
    }

    private static ConversionPoint start(House house, int index) {
        return ConversionPoint.start(house, index, "--announced-only", "--announce", House.conversionPointIpv4(index));
    }

    private static String overFixed(String remote) {
        return Access.FIXED.ipv4() + " > " + remote;
    }

    private static String overCellular(String remote) {
        return Access.CELLULAR.ipv4() + " > " + remote;
    }
}
