package net.hybridgateway.netlink.mptcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.generic.GenericFamily;
import net.hybridgateway.netlink.generic.GenericMessage;
import net.hybridgateway.netlink.testing.FakeNetlinkSocket;
import net.hybridgateway.netlink.testing.GoldenBytes;
import net.hybridgateway.netlink.testing.NetlinkReplies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MptcpPathManagerTest {
    static final GenericFamily FAMILY = new GenericFamily("mptcp_pm", 0x1c, 1, Map.of("mptcp_pm_events", 9));
    private static final ConnectionToken TOKEN = new ConnectionToken(0xef9f3ec9L);
    private static final Endpoint ENDPOINT = Endpoint.at(ip("10.1.2.3"))
            .id(new AddressId(7))
            .flags(EndpointFlags.SUBFLOW | EndpointFlags.BACKUP)
            .onLink(3);

    static Stream<Arguments> commands() {
        return Stream.of(
                command("endpoint-add-ipv4", mptcp -> mptcp.addEndpoint(ENDPOINT)),
                command(
                        "endpoint-add-ipv6",
                        mptcp -> mptcp.addEndpoint(Endpoint.at(ip("2001:db8::3"))
                                .port(7000)
                                .id(new AddressId(8))
                                .flags(EndpointFlags.SIGNAL))),
                command("endpoint-flush", MptcpPathManager::flushEndpoints),
                command("limits-set", mptcp -> mptcp.setLimits(new Limits(3, 4))));
    }

    private static Arguments command(String name, Consumer<MptcpPathManager> command) {
        return Arguments.of(name, command);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void sendsWhatTheIpCommandSends(String name, Consumer<MptcpPathManager> command) {
        NetlinkMessage expected = GoldenBytes.message(name);
        FakeNetlinkSocket socket = new FakeNetlinkSocket(NetlinkReplies::acknowledge);

        command.accept(mptcp(socket));

        NetlinkMessage sent = socket.requests().get(0);
        assertEquals(expected.type(), sent.type());
        assertEquals(expected.header().flags(), sent.header().flags());
        assertEquals(expected.payload(), sent.payload());
    }

    @Test
    void readsEndpoints() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(request -> NetlinkReplies.multipart(
                request,
                FAMILY.id(),
                List.of(GoldenBytes.message("endpoint-show").payload())));

        assertEquals(List.of(ENDPOINT), mptcp(socket).endpoints());
    }

    @Test
    void readsLimits() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(request -> NetlinkReplies.reply(
                request, FAMILY.id(), GoldenBytes.message("limits-show").payload()));

        assertEquals(new Limits(3, 4), mptcp(socket).limits());
    }

    @Test
    void findsNoEndpointWhereTheKernelFindsNone() {
        FakeNetlinkSocket socket =
                new FakeNetlinkSocket(request -> NetlinkReplies.error(request, Errno.EINVAL, "address not found", 24));

        assertEquals(Optional.empty(), mptcp(socket).endpoint(new AddressId(9)));
    }

    static Stream<Arguments> connectionCommands() {
        InetSocketAddress remote = new InetSocketAddress(ip("10.0.0.1"), 7000);
        Endpoint local = Endpoint.at(ip("10.1.2.4")).id(new AddressId(5)).flags(EndpointFlags.BACKUP);
        String token = " 4=ef9f3ec9";
        String remoteText = " 6=[5=7000 1=2 3=10.0.0.1]";
        String localText = "1=[2=5 6=4 1=2 3=10.1.2.4]";
        return Stream.of(
                connectionCommand(7, localText + token + remoteText, m -> m.setFlags(TOKEN, local, remote)),
                connectionCommand(8, "1=[2=5 6=5 1=2 3=10.1.2.4]" + token, m -> m.announce(TOKEN, local)),
                connectionCommand(9, "4=ef9f3ec9 5=0", m -> m.remove(TOKEN, AddressId.INITIAL)),
                connectionCommand(9, "4=ef9f3ec9 5=0", m -> m.removeUnheard(TOKEN, AddressId.INITIAL)),
                connectionCommand(10, localText + token + remoteText, m -> m.createSubflow(TOKEN, local, remote)),
                connectionCommand(
                        11,
                        "1=[5=4000 1=2 3=10.1.2.4]" + token + remoteText,
                        m -> m.destroySubflow(TOKEN, new InetSocketAddress(ip("10.1.2.4"), 4000), remote)),
                connectionCommand(3, "1=[2=5]" + token, m -> m.endpoint(TOKEN, new AddressId(5))),
                connectionCommand(3, "4=ef9f3ec9", m -> m.endpoints(TOKEN)),
                connectionCommand(2, localText, m -> m.removeEndpoint(local)),
                connectionCommand(7, localText, m -> m.setFlags(local)));
    }

    private static Arguments connectionCommand(int number, String attributes, Consumer<MptcpPathManager> command) {
        return Arguments.of(number, attributes, command);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("connectionCommands")
    void sendsTheAttributesOfACommand(int number, String attributes, Consumer<MptcpPathManager> command) {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(NetlinkReplies::acknowledge);

        command.accept(mptcp(socket));

        GenericMessage sent = GenericMessage.decode(socket.requests().get(0));
        assertEquals(number, sent.command());
        assertEquals(1, sent.version());
        assertEquals(attributes, text(sent.attributes("command")));
    }

    @Test
    void looksForAnInitialSubflowByMappedAddressesFirstAndForAnyOtherLast() {
        InetSocketAddress local = new InetSocketAddress(ip("10.1.2.4"), 4000);
        InetSocketAddress remote = new InetSocketAddress(ip("10.0.0.1"), 7000);
        FakeNetlinkSocket socket =
                new FakeNetlinkSocket(request -> NetlinkReplies.error(request, Errno.ESRCH, "subflow not found", 0));

        assertThrows(NetlinkException.class, () -> mptcp(socket).destroyInitialSubflow(TOKEN, local, remote));
        assertThrows(NetlinkException.class, () -> mptcp(socket).destroySubflow(TOKEN, local, remote));

        assertEquals(
                List.of(true, false, false, true),
                socket.requests().stream()
                        .map(request -> text(GenericMessage.decode(request).attributes("command")))
                        .map(attributes -> attributes.contains("0:0:0:0:0:ffff") || attributes.contains(" 4=0"))
                        .toList());
    }

    @Test
    void namesTheSubflowThatWasRefused() {
        FakeNetlinkSocket socket =
                new FakeNetlinkSocket(request -> NetlinkReplies.error(request, Errno.ESRCH, "subflow not found", 0));
        InetSocketAddress local = new InetSocketAddress(ip("10.1.2.4"), 4000);
        InetSocketAddress remote = new InetSocketAddress(ip("2001:db8::1"), 7000);

        NetlinkException refused =
                assertThrows(NetlinkException.class, () -> mptcp(socket).destroySubflow(TOKEN, local, remote));

        assertEquals(
                "destroy subflow from 10.1.2.4 port 4000 to 2001:db8:0:0:0:0:0:1 port 7000 of connection ef9f3ec9",
                refused.operation());
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new AddressId(256));
        assertThrows(IllegalArgumentException.class, () -> new ConnectionToken(0x1_0000_0000L));
        assertThrows(
                IllegalArgumentException.class, () -> Endpoint.at(ip("::1")).port(65536));
        assertThrows(IllegalArgumentException.class, () -> new Limits(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> Endpoint.at(InetSocketAddress.createUnresolved("mcp", 1)));
    }

    @Test
    void readsATokenAsUnsigned() {
        assertEquals(new ConnectionToken(0xffff_ffffL), ConnectionToken.ofBits(-1));
        assertEquals("0000002a", new ConnectionToken(42).toString());
    }

    /** The attributes as {@code type=value}: nested in brackets, tokens in hexadecimal. */
    private static String text(AttributeReader attributes) {
        StringBuilder text = new StringBuilder();
        while (attributes.next()) {
            int type = attributes.type();
            String value = type == 1 || type == 6
                    ? "[" + endpointText(attributes.nested()) + "]"
                    : attributes.length() == 1 ? "" + attributes.u8() : Long.toHexString(attributes.u32());
            text.append(text.isEmpty() ? "" : " ").append(type).append('=').append(value);
        }
        return text.toString();
    }

    private static String endpointText(AttributeReader attributes) {
        StringBuilder text = new StringBuilder();
        while (attributes.next()) {
            String value =
                    switch (attributes.type()) {
                        case 2 -> "" + attributes.u8();
                        case 1, 5 -> "" + attributes.u16();
                        case 3 -> attributes.address(AddressFamily.IPV4).getHostAddress();
                        default -> "" + attributes.s32();
                    };
            text.append(text.isEmpty() ? "" : " ")
                    .append(attributes.type())
                    .append('=')
                    .append(value);
        }
        return text.toString();
    }

    private static MptcpPathManager mptcp(FakeNetlinkSocket socket) {
        return new MptcpPathManager(new NetlinkConversation(socket), FAMILY);
    }

    static InetAddress ip(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
