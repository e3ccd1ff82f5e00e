package net.hybridgateway.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.testing.FakeNetlinkSocket;
import net.hybridgateway.netlink.testing.GoldenBytes;
import net.hybridgateway.netlink.testing.NetlinkReplies;
import org.junit.jupiter.api.Test;

class NetlinkConversationTest {
    private static final int TYPE = 40;
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void executesWhatTheKernelAcknowledges() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(NetlinkReplies::acknowledge);
        NetlinkConversation conversation = new NetlinkConversation(socket);

        conversation.execute(request("do it"));
        conversation.execute(request("do it again"));

        assertEquals(2, socket.requests().size());
        NetlinkHeader first = socket.requests().get(0).header();
        assertEquals(MessageFlags.REQUEST | MessageFlags.ACKNOWLEDGE, first.flags());
        assertEquals(1, first.sequence());
        assertEquals(2, socket.requests().get(1).header().sequence());
    }

    @Test
    void tellsWhatTheKernelSaysOfARefusal() {
        NetlinkConversation conversation =
                conversation(request -> NetlinkReplies.error(request, Errno.EINVAL, "invalid token", 24));

        NetlinkException refused = assertThrows(NetlinkException.class, () -> conversation.execute(request("do it")));

        assertEquals("do it", refused.operation());
        assertEquals(Optional.of(Errno.EINVAL), refused.errno());
        assertTrue(refused.is(Errno.EINVAL));
        assertEquals(Optional.of("invalid token"), refused.kernelText());
        assertEquals(24, refused.offset().orElseThrow());
        assertEquals(1, refused.sequence().orElseThrow());
        assertEquals(
                "do it: EINVAL (invalid argument), kernel says \"invalid token\", at byte 24 of the request [sequence 1]",
                refused.getMessage());
    }

    @Test
    void passesOverTheRefusalOfWhatItOnlyTold() {
        FakeNetlinkSocket socket =
                new FakeNetlinkSocket(request -> request.header().sequence() == 1
                        ? NetlinkReplies.error(request, Errno.EINVAL)
                        : NetlinkReplies.acknowledge(request));
        NetlinkConversation conversation = new NetlinkConversation(socket);

        conversation.tell(request("do it"));
        conversation.execute(request("do that"));

        assertEquals(MessageFlags.REQUEST, socket.requests().get(0).header().flags());
    }

    @Test
    void bearsARefusalWithoutExplanation() {
        NetlinkConversation conversation = conversation(request -> NetlinkReplies.error(request, Errno.EPERM));

        NetlinkException refused = assertThrows(NetlinkException.class, () -> conversation.execute(request("do it")));

        assertEquals(Optional.empty(), refused.kernelText());
        assertTrue(refused.offset().isEmpty());
        assertEquals("do it: EPERM (operation not permitted) [sequence 1]", refused.getMessage());
    }

    @Test
    void readsTheExplanationBehindARequestThatWasNotCapped() {
        NetlinkMessage captured = GoldenBytes.message("error-extended");
        NetlinkConversation conversation = conversation(request -> List.of(NetlinkMessage.of(
                captured.type(), captured.header().flags(), request.header().sequence(), 0, captured.payload())));

        NetlinkException refused = assertThrows(NetlinkException.class, () -> conversation.execute(request("add")));

        assertTrue(refused.is(Errno.EADDRNOTAVAIL));
        assertEquals(Optional.of("create listen socket error: -99"), refused.kernelText());
    }

    @Test
    void dumpsAllParts() {
        NetlinkConversation conversation = conversation(
                request -> NetlinkReplies.multipart(request, TYPE, List.of(number(1), number(2), number(3))));

        List<NetlinkMessage> messages = conversation.dump(request("list"));

        assertEquals(List.of(1, 2, 3), numbers(messages));
    }

    @Test
    void dumpsNothing() {
        NetlinkConversation conversation = conversation(request -> NetlinkReplies.multipart(request, TYPE, List.of()));

        assertEquals(List.of(), conversation.dump(request("list")));
    }

    @Test
    void failsIfADumpEndsWithAnError() {
        NetlinkConversation conversation = conversation(request -> {
            List<NetlinkMessage> answer = new ArrayList<>(NetlinkReplies.multipart(request, TYPE, List.of(number(1))));
            answer.set(1, NetlinkMessage.of(3, 2, request.header().sequence(), 0, number(-Errno.ENOMEM.number())));
            return answer;
        });

        assertTrue(assertThrows(NetlinkException.class, () -> conversation.dump(request("list")))
                .is(Errno.ENOMEM));
    }

    @Test
    void repeatsAnInterruptedDump() {
        AtomicInteger attempts = new AtomicInteger();
        NetlinkConversation conversation = conversation(request -> {
            int attempt = attempts.incrementAndGet();
            List<ByteBuffer> parts = List.of(number(attempt));
            return attempt < 3
                    ? NetlinkReplies.interruptedDump(request, TYPE, parts)
                    : NetlinkReplies.multipart(request, TYPE, parts);
        });

        assertEquals(List.of(3), numbers(conversation.dump(request("list"))));
    }

    @Test
    void givesUpOnADumpThatIsAlwaysInterrupted() {
        AtomicInteger attempts = new AtomicInteger();
        NetlinkConversation conversation = conversation(request -> {
            attempts.incrementAndGet();
            return NetlinkReplies.interruptedDump(request, TYPE, List.of(number(1)));
        });

        NetlinkException refused = assertThrows(NetlinkException.class, () -> conversation.dump(request("list")));

        assertEquals(NetlinkConversation.DUMP_ATTEMPTS, attempts.get());
        assertEquals("list: the dump was interrupted by changes 10 times in a row", refused.getMessage());
    }

    @Test
    void returnsTheAnswerToAQuery() {
        NetlinkConversation conversation = conversation(request -> NetlinkReplies.reply(request, TYPE, number(7)));

        assertEquals(
                7, conversation.query(request("ask")).orElseThrow().payload().getInt());
    }

    @Test
    void returnsNothingIfAQueryIsOnlyAcknowledged() {
        assertEquals(Optional.empty(), conversation(NetlinkReplies::acknowledge).query(request("ask")));
    }

    @Test
    void skipsLateAnswersToEarlierRequests() {
        AtomicInteger asked = new AtomicInteger();
        FakeNetlinkSocket socket = new FakeNetlinkSocket(
                request -> asked.incrementAndGet() == 1 ? List.of() : NetlinkReplies.reply(request, TYPE, number(2)));
        NetlinkConversation conversation = new NetlinkConversation(socket, SHORT);

        assertThrows(NetlinkTimeoutException.class, () -> conversation.query(request("first")));
        NetlinkReplies.error(socket.requests().get(0), Errno.EBUSY).forEach(socket::deliver);
        NetlinkReplies.reply(socket.requests().get(0), TYPE, number(1)).forEach(socket::deliver);

        assertEquals(
                2, conversation.query(request("second")).orElseThrow().payload().getInt());
    }

    @Test
    void givesUpWhenTheKernelIsSilent() {
        NetlinkConversation conversation = new NetlinkConversation(new FakeNetlinkSocket(), SHORT);

        NetlinkException refused =
                assertThrows(NetlinkTimeoutException.class, () -> conversation.execute(request("wait")));

        assertEquals("wait: no answer within 50 ms", refused.getMessage());
    }

    @Test
    void endsAWaitWhenItIsClosed() throws Exception {
        FakeNetlinkSocket socket = new FakeNetlinkSocket();
        NetlinkConversation conversation = new NetlinkConversation(socket);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> conversation.execute(request("wait")));
        while (socket.requests().isEmpty()) {
            Thread.onSpinWait();
        }

        conversation.close();

        ExecutionException ended = assertThrows(ExecutionException.class, () -> waiting.get(10, TimeUnit.SECONDS));
        assertTrue(ended.getCause() instanceof NetlinkClosedException, ended::toString);
        assertThrows(NetlinkClosedException.class, () -> conversation.execute(request("too late")));
    }

    @Test
    void passesOnThatAnswersWereLost() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket();
        socket.loseEvents();

        assertThrows(EventsLostException.class, () -> new NetlinkConversation(socket).execute(request("ask")));
    }

    @Test
    void refusesAnErrorMessageThatMakesNoSense() {
        assertThrows(MalformedMessageException.class, () -> conversation(answering(2, ByteBuffer.allocate(3)))
                .execute(request("ask")));
        assertThrows(NetlinkException.class, () -> conversation(answering(2, number(5)))
                .execute(request("ask")));
        assertThrows(NetlinkException.class, () -> conversation(answering(2, number(Integer.MIN_VALUE)))
                .execute(request("ask")));
    }

    @Test
    void sendsABatchInOneDatagramAndWaitsForItsAcknowledgements() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(
                request -> request.hasFlag(MessageFlags.ACKNOWLEDGE) ? NetlinkReplies.acknowledge(request) : List.of());

        new NetlinkConversation(socket).executeBatch(batch());

        assertEquals(List.of(4), socket.datagramSizes());
        assertEquals(
                List.of(1, 2, 3, 4),
                socket.requests().stream()
                        .map(message -> message.header().sequence())
                        .toList());
    }

    @Test
    void namesTheFirstRequestOfABatchThatWasRefused() {
        NetlinkConversation conversation = conversation(request -> {
            int sequence = request.header().sequence();
            return sequence == 2 || sequence == 3
                    ? NetlinkReplies.error(request, sequence == 2 ? Errno.EEXIST : Errno.ENOENT)
                    : List.of();
        });

        NetlinkException refused = assertThrows(NetlinkException.class, () -> conversation.executeBatch(batch()));

        assertEquals("add table", refused.operation());
        assertTrue(refused.is(Errno.EEXIST));
        assertEquals(2, refused.sequence().orElseThrow());
    }

    @Test
    void failsIfTheBatchAsSuchIsRefused() {
        NetlinkConversation conversation = conversation(
                request -> request.header().sequence() == 1 ? NetlinkReplies.error(request, Errno.EPERM) : List.of());

        assertEquals(
                "begin",
                assertThrows(NetlinkException.class, () -> conversation.executeBatch(batch()))
                        .operation());
    }

    @Test
    void sendsNothingForAnEmptyBatch() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket();

        new NetlinkConversation(socket).executeBatch(List.of());

        assertTrue(socket.datagramSizes().isEmpty());
        assertFalse(socket.isClosed());
    }

    private static List<NetlinkRequest> batch() {
        return List.of(
                request("begin"),
                request("add table").withFlags(MessageFlags.ACKNOWLEDGE),
                request("add chain").withFlags(MessageFlags.ACKNOWLEDGE),
                request("end"));
    }

    private static Function<NetlinkMessage, List<NetlinkMessage>> answering(int type, ByteBuffer payload) {
        return request -> List.of(NetlinkMessage.of(type, 0, request.header().sequence(), 0, payload));
    }

    private static NetlinkConversation conversation(Function<NetlinkMessage, List<NetlinkMessage>> kernel) {
        return new NetlinkConversation(new FakeNetlinkSocket(kernel));
    }

    private static NetlinkRequest request(String operation) {
        return new NetlinkRequest(operation, TYPE, 0, ByteBuffer.allocate(4));
    }

    private static ByteBuffer number(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(0, value);
    }

    private static List<Integer> numbers(List<NetlinkMessage> messages) {
        return messages.stream().map(message -> message.payload().getInt()).toList();
    }
}
