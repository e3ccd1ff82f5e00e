package net.hybridgateway.netlink.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against the C library itself, on the loopback of whatever namespace the test runs in. */
class LibCTest {
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int NON_BLOCKING_UDP = LibC.SOCK_DGRAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC;

    private final int fd = LibC.socket(SockAddr.AF_INET6, NON_BLOCKING_UDP, 0);

    @AfterEach
    void close() {
        LibC.close(fd);
    }

    @Test
    void sendsAndReceivesADatagramWithItsSender() throws Exception {
        LibC.bind(fd, SockAddr.dualStack(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        SockAddr self = LibC.socketName(fd);
        NativeMemory sent = NativeMemory.allocate(16);
        sent.buffer().putLong(0, 0x1122334455667788L);
        assertEquals(12, LibC.trySendTo(fd, sent, 12, LibC.MSG_NOSIGNAL, self));

        NativeMemory received = NativeMemory.allocate(8);
        NativeMemory from = NativeMemory.allocate(SockAddr.STORAGE_LENGTH);
        assertTrue(new Poll().await(fd, LibC.POLLIN, TimeUnit.SECONDS.toNanos(10)));
        assertEquals(12, LibC.tryReceiveFrom(fd, received, 8, LibC.MSG_TRUNC, from));
        assertEquals(0x1122334455667788L, received.buffer().getLong(0));
        assertEquals(self, SockAddr.decode(from.buffer(), from.capacity()));
        assertEquals("127.0.0.1", self.inet().getAddress().getHostAddress());
    }

    @Test
    void returnsTheNegatedErrorOfATriedCall() {
        assertEquals(-Errno.EAGAIN.number(), LibC.tryReceive(fd, NativeMemory.allocate(8), 8, 0));
        assertEquals(-Errno.EOPNOTSUPP.number(), LibC.tryAccept(fd, 0));
    }

    @Test
    void namesCallAndDetailOfAFailure() {
        ErrnoException missing =
                assertThrows(ErrnoException.class, () -> LibC.open(Path.of("/nonexistent/file"), LibC.O_RDONLY));
        assertEquals(Errno.ENOENT, missing.errno());
        assertEquals("open /nonexistent/file: ENOENT (no such file or entry)", missing.getMessage());

        ErrnoException option = assertThrows(ErrnoException.class, () -> LibC.option(fd, SOL_SOCKET, 9999));
        assertEquals(
                "getsockopt fd " + fd + " level 1 option 9999: ENOPROTOOPT (option not available)",
                option.getMessage());
    }

    @Test
    void readsAnOptionAndItsLength() {
        assertEquals(LibC.SOCK_DGRAM, LibC.option(fd, SOL_SOCKET, SO_TYPE));
        NativeMemory value = NativeMemory.allocate(64);
        assertEquals(4, LibC.tryOption(fd, SOL_SOCKET, SO_TYPE, value, 64));
        assertEquals(LibC.SOCK_DGRAM, value.buffer().getInt(0));
    }

    @Test
    void refusesALengthBeyondTheMemory() {
        NativeMemory small = NativeMemory.allocate(4);
        assertThrows(IndexOutOfBoundsException.class, () -> LibC.tryReceive(fd, small, 5, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> LibC.trySend(fd, small, -1, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> LibC.tryOption(fd, SOL_SOCKET, SO_TYPE, small, 5));
    }

    @Test
    void throwsOnADescriptorThatIsNotOpen() {
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> LibC.close(-1)).errno());
    }

    @Test
    void pollTimesOut() {
        try (EventFd interrupt = new EventFd()) {
            assertEquals(Poll.Outcome.TIMED_OUT, new Poll().await(fd, LibC.POLLIN, interrupt, 1));
        }
    }

    @Test
    void anEventInterruptsAPollFromAnotherThread() throws Exception {
        try (EventFd interrupt = new EventFd()) {
            Thread signaller = new Thread(interrupt::signal);
            Poll poll = new Poll();
            signaller.start();
            assertEquals(Poll.Outcome.INTERRUPTED, poll.await(fd, LibC.POLLIN, interrupt, -1));
            signaller.join();
            interrupt.reset();
            interrupt.reset();
            assertEquals(Poll.Outcome.TIMED_OUT, poll.await(fd, LibC.POLLIN, interrupt, 0));
        }
    }

    @Test
    void saysWhenADescriptorIsReady() {
        try (EventFd interrupt = new EventFd()) {
            assertEquals(Poll.Outcome.READY, new Poll().await(fd, LibC.POLLOUT, interrupt, -1));
            assertFalse(new Poll().await(fd, LibC.POLLIN, 0));
        }
    }

    @Test
    void makesTheCallingThreadAloneNicer() throws InterruptedException {
        int[] results = new int[2];
        Thread nicer = new Thread(() -> results[0] = LibC.trySetNice(19));
        nicer.start();
        nicer.join();
        results[1] = LibC.trySetNice(0);

        assertEquals(0, results[0]);
        assertEquals(0, results[1], "without a privilege, only a thread that is not nicer yet may go back to 0");
    }
}
