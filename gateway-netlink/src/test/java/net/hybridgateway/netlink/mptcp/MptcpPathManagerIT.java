package net.hybridgateway.netlink.mptcp;

import static net.hybridgateway.netlink.mptcp.MptcpPathManagerTest.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kernel's own path manager. */
@ExtendWith(NetnsExtension.class)
@Timeout(60)
class MptcpPathManagerIT {
    private static final Endpoint IPV4 = Endpoint.at(ip("192.0.2.2"))
            .id(new AddressId(7))
            .flags(EndpointFlags.SUBFLOW | EndpointFlags.BACKUP)
            .onLink(1);
    private static final Endpoint IPV6 = Endpoint.at(ip("2001:db8::2"))
            .id(new AddressId(8))
            .flags(EndpointFlags.SIGNAL)
            .port(7000);

    private MptcpPathManager mptcp;

    @BeforeEach
    void open() {
        Assumptions.assumeTrue(NetnsCommands.hasSysctl("net.mptcp.enabled"), "this kernel has no MPTCP");
        NetnsCommands.run("ip addr add 192.0.2.2/32 dev lo");
        NetnsCommands.run("ip addr add 2001:db8::2/128 dev lo nodad");
        mptcp = MptcpPathManager.open();
    }

    @AfterEach
    void close() {
        if (mptcp != null) {
            mptcp.close();
        }
    }

    @Test
    void keepsEndpoints() {
        mptcp.addEndpoint(IPV4);
        mptcp.addEndpoint(IPV6);

        assertEquals(List.of(IPV4, IPV6), mptcp.endpoints());
        assertEquals(Optional.of(IPV6), mptcp.endpoint(new AddressId(8)));
        assertEquals(Optional.empty(), mptcp.endpoint(new AddressId(9)));

        mptcp.removeEndpoint(IPV4);
        assertEquals(List.of(IPV6), mptcp.endpoints());
        mptcp.flushEndpoints();
        assertEquals(List.of(), mptcp.endpoints());
    }

    @Test
    void choosesAnIdWhereNoneIsGiven() {
        mptcp.addEndpoint(Endpoint.at(ip("192.0.2.2")).flags(EndpointFlags.SUBFLOW));

        assertEquals(Optional.of(new AddressId(1)), mptcp.endpoints().get(0).id());
    }

    @Test
    void changesFlags() {
        mptcp.addEndpoint(IPV4);

        mptcp.setFlags(IPV4.flags(0));

        assertEquals(EndpointFlags.SUBFLOW, mptcp.endpoints().get(0).flags());
    }

    @Test
    void setsLimits() {
        mptcp.setLimits(new Limits(3, 4));

        assertEquals(new Limits(3, 4), mptcp.limits());
        NetlinkException refused =
                assertThrows(NetlinkException.class, () -> mptcp.setLimits(new Limits(Limits.MAXIMUM + 1, 0)));
        assertTrue(refused.is(Errno.EINVAL), refused::toString);
    }

    @Test
    void explainsARefusal() {
        mptcp.addEndpoint(IPV4);

        NetlinkException twice = assertThrows(NetlinkException.class, () -> mptcp.addEndpoint(IPV4));
        assertTrue(twice.kernelText().isPresent(), twice::toString);

        NetlinkException unknown =
                assertThrows(NetlinkException.class, () -> mptcp.remove(new ConnectionToken(42), AddressId.INITIAL));
        assertTrue(unknown.is(Errno.EINVAL));
        assertEquals(Optional.of("invalid token"), unknown.kernelText());
    }
}
