package net.hybridgateway.netlink.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.MessageFlags;
import net.hybridgateway.netlink.NetlinkHeader;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.ffi.Errno;

/** The answers of a kernel, for {@link FakeNetlinkSocket}. */
public final class NetlinkReplies {
    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int TEXT = 1;
    private static final int OFFSET = 2;

    private NetlinkReplies() {}

    /** "Done." */
    public static List<NetlinkMessage> acknowledge(NetlinkMessage request) {
        return List.of(answer(request, ERROR, MessageFlags.CAPPED, errorPart(request, 0)));
    }

    /** A refusal without explanation. */
    public static List<NetlinkMessage> error(NetlinkMessage request, Errno errno) {
        return List.of(answer(request, ERROR, MessageFlags.CAPPED, errorPart(request, errno.number())));
    }

    /** A refusal with the kernel's text and the place of the mistake. */
    public static List<NetlinkMessage> error(NetlinkMessage request, Errno errno, String text, int offset) {
        ByteBuffer payload = new AttributeWriter(errorPart(request, errno.number()))
                .string(TEXT, text)
                .u32(OFFSET, offset)
                .toBuffer();
        return List.of(answer(request, ERROR, MessageFlags.CAPPED | MessageFlags.EXTENDED, payload));
    }

    /** One message, and the acknowledgement if the request asks for it. */
    public static List<NetlinkMessage> reply(NetlinkMessage request, int type, ByteBuffer payload) {
        List<NetlinkMessage> answer = new ArrayList<>();
        answer.add(answer(request, type, 0, payload));
        if (request.hasFlag(MessageFlags.ACKNOWLEDGE)) {
            answer.addAll(acknowledge(request));
        }
        return answer;
    }

    /** A dump with these entries. */
    public static List<NetlinkMessage> multipart(NetlinkMessage request, int type, List<ByteBuffer> payloads) {
        return multipart(request, type, payloads, 0);
    }

    /** A dump during which the entries changed. */
    public static List<NetlinkMessage> interruptedDump(NetlinkMessage request, int type, List<ByteBuffer> payloads) {
        return multipart(request, type, payloads, MessageFlags.DUMP_INTERRUPTED);
    }

    private static List<NetlinkMessage> multipart(
            NetlinkMessage request, int type, List<ByteBuffer> payloads, int flags) {
        List<NetlinkMessage> answer = new ArrayList<>();
        for (ByteBuffer payload : payloads) {
            answer.add(answer(request, type, MessageFlags.MULTIPART | flags, payload));
        }
        answer.add(answer(request, DONE, MessageFlags.MULTIPART | flags, nativeBuffer(4)));
        return answer;
    }

    private static NetlinkMessage answer(NetlinkMessage request, int type, int flags, ByteBuffer payload) {
        return NetlinkMessage.of(type, flags, request.header().sequence(), 1, payload);
    }

    private static ByteBuffer errorPart(NetlinkMessage request, int errno) {
        NetlinkHeader header = request.header();
        return nativeBuffer(4 + NetlinkHeader.BYTES)
                .putInt(-errno)
                .putInt(header.length())
                .putShort((short) header.type())
                .putShort((short) header.flags())
                .putInt(header.sequence())
                .putInt(header.portId())
                .flip();
    }

    private static ByteBuffer nativeBuffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }
}
