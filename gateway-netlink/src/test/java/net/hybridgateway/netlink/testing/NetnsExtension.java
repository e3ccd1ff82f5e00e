package net.hybridgateway.netlink.testing;

import java.nio.ByteBuffer;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.NativeMemory;
import net.hybridgateway.netlink.ffi.SockAddr;
import net.hybridgateway.netlink.namespace.NetworkNamespace;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Runs each test method in a network namespace of its own, with lo up, and takes the thread back afterwards, however the
 * test ended. {@code @BeforeEach} and {@code @AfterEach} methods run inside, too; constructors and initial values of
 * fields don't. Threads and processes that the test starts are inside and should end with the test.
 *
 * <p>A test method may have a parameter of type {@link NetworkNamespace} to get the handle of its namespace; the extension
 * closes it. Where the test may not make a namespace (no root, no CAP_SYS_ADMIN) it is skipped with the reason.
 */
public final class NetnsExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(NetnsExtension.class);

    /** Not AutoCloseable: JUnit would close it a second time, maybe on another thread. */
    private record Visit(NetworkNamespace namespace, NetworkNamespace.Stay stay) {
        void end() {
            try (namespace) {
                stay.close();
            }
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        NetworkNamespace namespace = createOrSkip();
        Visit visit = new Visit(namespace, namespace.enter());
        context.getStore(STORE).put(Visit.class, visit);
        setLoopbackUp();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Visit visit = context.getStore(STORE).remove(Visit.class, Visit.class);
        if (visit != null) { // null if the test was skipped
            visit.end();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == NetworkNamespace.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(STORE).get(Visit.class, Visit.class).namespace();
    }

    private static NetworkNamespace createOrSkip() {
        try {
            return NetworkNamespace.create();
        } catch (ErrnoException e) {
            if (e.errno().equals(Errno.EPERM)
                    || e.errno().equals(Errno.ENOSYS)
                    || e.errno().equals(Errno.EINVAL)) {
                throw new TestAbortedException(
                        "no network namespaces here (user " + LibC.effectiveUserId() + "): " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /**
     * Sets lo up in the namespace of the calling thread, as {@code ip link set lo up} does, but by one message: tests should
     * not need a process for that, nor depend on the codecs that they test.
     */
    public static void setLoopbackUp() {
        NativeMemory message = NativeMemory.allocate(36);
        ByteBuffer buffer = message.buffer();
        // struct nlmsghdr: length, type RTM_NEWLINK, flags REQUEST | ACK, sequence, port id
        buffer.putInt(32).putShort((short) 16).putShort((short) 5).putInt(1).putInt(0);
        // struct ifinfomsg: family, pad, type; index of lo; flags IFF_UP; change mask IFF_UP
        buffer.putInt(0).putInt(1).putInt(1).putInt(1);
        int fd = LibC.socket(SockAddr.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, 0);
        try {
            checked(LibC.trySendTo(fd, message, 32, 0, new SockAddr.Netlink(0, 0)), "send");
            // The answer is struct nlmsgerr: the negated error number behind the header.
            checked(LibC.tryReceive(fd, message, 36, 0), "receive");
            checked(buffer.getInt(16), "RTM_NEWLINK");
        } finally {
            LibC.close(fd);
        }
    }

    private static void checked(int result, String call) {
        if (result < 0) {
            throw new ErrnoException(call, new Errno(-result), "to set lo up");
        }
    }
}
