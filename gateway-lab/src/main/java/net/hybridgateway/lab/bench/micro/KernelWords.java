package net.hybridgateway.lab.bench.micro;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.generic.GenericFamily;
import net.hybridgateway.netlink.generic.GenericMessage;

/** Messages as a kernel sends them (linux/mptcp_pm.h, linux/inet_diag.h, linux/netlink.h), about a subflow of IPv4. */
final class KernelWords {
    static final GenericFamily FAMILY = new GenericFamily("mptcp_pm", 29, 1, Map.of("mptcp_pm_events", 6));
    static final int TOKEN = 0x6f9f3ec9;
    static final InetSocketAddress LOCAL = at("198.51.100.10", 34400);
    static final InetSocketAddress REMOTE = at("192.0.2.1", 7000);
    static final int LOCAL_ID = 2;

    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLM_F_MULTI = 2;
    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int MPTCP_EVENT_SUB_ESTABLISHED = 10;
    /** {@code struct inet_diag_msg}. */
    private static final int DIAG_BYTES = 72;
    /** {@code struct tcp_info} of Linux 6.18. */
    private static final int TCP_INFO_BYTES = 248;

    private KernelWords() {}

    static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    /** MPTCP_EVENT_SUB_ESTABLISHED. */
    static ByteBuffer subflowEstablished() {
        AttributeWriter event = GenericMessage.write(MPTCP_EVENT_SUB_ESTABLISHED, FAMILY.version())
                .u32(1, TOKEN)
                .u16(14, 2)
                .u8(3, LOCAL_ID)
                .u8(4, 0)
                .address(5, LOCAL.getAddress())
                .be16(9, LOCAL.getPort())
                .address(7, REMOTE.getAddress())
                .be16(10, REMOTE.getPort())
                .u8(11, 0)
                .s32(15, 3);
        return datagram(NetlinkMessage.of(FAMILY.id(), 0, 0, 0, event.toBuffer()));
    }

    /** What sock_diag says of one subflow, with all that TCP knows of it. */
    static ByteBuffer subflows(int count) {
        NetlinkMessage subflow = NetlinkMessage.of(SOCK_DIAG_BY_FAMILY, NLM_F_MULTI, 0, 0, subflow());
        NetlinkMessage[] messages = new NetlinkMessage[count + 1];
        Arrays.fill(messages, subflow);
        messages[count] = NetlinkMessage.of(NLMSG_DONE, NLM_F_MULTI, 0, 0, ByteBuffer.allocate(4));
        return datagram(messages);
    }

    private static ByteBuffer subflow() {
        ByteBuffer fixed = ByteBuffer.allocate(DIAG_BYTES).order(ByteOrder.nativeOrder());
        fixed.put((byte) 2).put((byte) 1).putShort((short) 0);
        putPort(fixed, LOCAL.getPort());
        putPort(fixed, REMOTE.getPort());
        fixed.put(8, LOCAL.getAddress().getAddress());
        fixed.put(24, REMOTE.getAddress().getAddress());
        fixed.putInt(40, 3).rewind();
        return new AttributeWriter(fixed)
                .bytes(2, new byte[TCP_INFO_BYTES])
                .nested(19, ulp -> ulp.string(1, "mptcp").nested(3, mptcp -> mptcp.s32(1, 0x12345678)
                        .s32(2, TOKEN)
                        .s32(8, 0x2ec)
                        .u8(9, 0)
                        .u8(10, LOCAL_ID)))
                .toBuffer();
    }

    private static void putPort(ByteBuffer fixed, int port) {
        fixed.put((byte) (port >> 8)).put((byte) port);
    }

    /** "Done": NLMSG_ERROR with no error. */
    static ByteBuffer acknowledgement() {
        return datagram(NetlinkMessage.of(NLMSG_ERROR, 0, 0, 0, ByteBuffer.allocate(4 + 16)));
    }

    private static ByteBuffer datagram(NetlinkMessage... messages) {
        return NetlinkMessage.encodeAll(List.of(messages));
    }
}
