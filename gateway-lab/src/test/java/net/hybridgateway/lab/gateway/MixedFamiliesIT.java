package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.Families;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Topology;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.Test;

/** Lines that carry one address family each, so that only a connection of both can use both. */
class MixedFamiliesIT {
    private static final String POINT_IPV4 = House.conversionPointIpv4(0);
    private static final String POINT_IPV6 = House.conversionPointIpv6(0);
    private static final String FIXED_IPV4 = Access.FIXED.ipv4() + " > " + POINT_IPV4;
    private static final String FIXED_IPV6 = Access.FIXED.ipv6() + " > " + POINT_IPV6;
    private static final String CELLULAR_IPV4 = Access.CELLULAR.ipv4() + " > " + POINT_IPV4;
    private static final String CELLULAR_IPV6 = Access.CELLULAR.ipv6() + " > " + POINT_IPV6;

    @Test
    void anIpv4LineAndAnIpv6OnlyModemCarryOneConnection() throws IOException {
        try (House house = house(Families.IPV4, Families.IPV6);
                ConversionPoint point = announcing(house, POINT_IPV6);
                Gateway gateway = Gateway.start(house, Gateway.configuration("always"));
                Crossing crossing = Crossing.start(house, House.webIpv4(), 9100)) {
            crossing.awaitSubflows(FIXED_IPV4, CELLULAR_IPV6);
            house.fixed().cut(Cut.CARRIER);
            crossing.awaitSubflows(CELLULAR_IPV6);
            crossing.awaitProgress("over IPv6 alone");
            house.fixed().mend();
            crossing.awaitSubflows(FIXED_IPV4, CELLULAR_IPV6);
            crossing.finish();
            assertEquals(2, GatewayStatus.of(gateway).totalConnections());
            assertTrue(point.process().isAlive());
        }
    }

    @Test
    void aBreakOfTheIpv4LineIsSurvivedOnAnIpv6OnlyModemThatSleptBefore() throws IOException {
        // No address is announced: the configuration has both, which is all that the gateway needs.
        String configuration = Gateway.configuration("on-demand")
                .replace(
                        "option address '" + POINT_IPV4 + "'",
                        "list address '" + POINT_IPV4 + "'\n    list address '" + POINT_IPV6 + "'");
        try (House house = house(Families.IPV4, Families.IPV6);
                ConversionPoint point = ConversionPoint.start(house);
                Gateway gateway = Gateway.start(house, configuration);
                Crossing crossing = Crossing.start(house, House.webIpv4(), 9100)) {
            crossing.awaitSubflows(FIXED_IPV4);
            house.fixed().cut(Cut.CARRIER);
            crossing.awaitSubflows(CELLULAR_IPV6);
            // What begins now has to begin over IPv6.
            crossing.begin(Transfer.Way.DOWN, House.webIpv4());
            crossing.awaitSubflows(CELLULAR_IPV6);
            crossing.awaitProgress("over IPv6 alone");
            house.fixed().mend();
            crossing.awaitSubflows(FIXED_IPV4, CELLULAR_IPV6);
            crossing.finish();
            assertEquals(3, GatewayStatus.of(gateway).totalConnections());
            assertTrue(point.process().isAlive());
        }
    }

    @Test
    void anIpv6OnlyLineCarriesTheIpv4OfTheHouseTogetherWithAnIpv4Modem() throws IOException {
        try (House house = house(Families.IPV6, Families.IPV4);
                ConversionPoint point = announcing(house, POINT_IPV4);
                Gateway gateway =
                        Gateway.start(house, Gateway.configuration("always").replace(POINT_IPV4, POINT_IPV6));
                Crossing crossing = Crossing.start(house, House.webIpv4(), 9100)) {
            crossing.awaitSubflows(FIXED_IPV6, CELLULAR_IPV4);
            house.fixed().cut(Cut.CARRIER);
            crossing.awaitSubflows(CELLULAR_IPV4);
            crossing.awaitProgress("over the IPv4 modem alone");
            house.fixed().mend();
            crossing.awaitSubflows(FIXED_IPV6, CELLULAR_IPV4);
            crossing.finish();
            assertEquals(2, GatewayStatus.of(gateway).totalConnections());
            assertTrue(point.process().isAlive());
        }
    }

    private static House house(Families fixed, Families cellular) {
        House house = Lan.build(HousePlan.shaped(LineShape.of(20, 10), LineShape.of(10, 20))
                .withTopology(Topology.ofFamilies(fixed, cellular)));
        Crossing.keepBuffersSmall(house);
        return house;
    }

    private static ConversionPoint announcing(House house, String address) {
        return ConversionPoint.start(house, 0, "--announce", address);
    }
}
