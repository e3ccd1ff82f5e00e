package net.hybridgateway.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.netlink.testing.FakeNetlinkSocket;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private final FakeNetlinkSocket socket = new FakeNetlinkSocket();
    private final EventReader<String> reader = new EventReader<>(socket, EventReaderTest::decode, "lost");

    @Test
    void readsTheMessagesOfADatagramOneByOne() {
        socket.deliver(message(16), message(17));

        assertEquals("event 16", reader.next());
        assertEquals("event 17", reader.next());
        assertEquals(Optional.empty(), reader.next(Duration.ZERO));
    }

    @Test
    void leavesOutWhatIsOfNoInterest() {
        socket.deliver(message(99));
        socket.deliver(message(99), message(18));

        assertEquals("event 18", reader.next());
    }

    @Test
    void goesOnBehindAMalformedMessage() {
        socket.deliver(message(16), message(50), message(17));

        assertEquals("event 16", reader.next());
        assertThrows(MalformedMessageException.class, reader::next);
        assertEquals("event 17", reader.next());
    }

    @Test
    void reportsLossInItsPlace() {
        socket.deliver(message(16));
        socket.loseEvents();
        socket.deliver(message(17));

        assertEquals("event 16", reader.next());
        assertEquals("lost", reader.next());
        assertEquals("event 17", reader.next());
    }

    @Test
    void waitsNoLongerThanAsked() {
        long startNanos = System.nanoTime();

        assertEquals(Optional.empty(), reader.next(Duration.ofMillis(30)));

        assertTrue(System.nanoTime() - startNanos >= 30_000_000);
    }

    @Test
    void endsWhenItIsClosed() {
        reader.close();

        assertThrows(NetlinkClosedException.class, reader::next);
    }

    private static NetlinkMessage message(int type) {
        return NetlinkMessage.of(type, 0, 0, 0, ByteBuffer.allocate(0));
    }

    private static Optional<String> decode(NetlinkMessage message) {
        if (message.type() == 50) {
            throw new MalformedMessageException("fifty");
        }
        return message.type() == 99 ? Optional.empty() : Optional.of("event " + message.type());
    }
}
