package net.hybridgateway.netlink.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NetnsExtension.class)
class NetworkNamespaceIT {
    private static final Path OF_THREAD = Path.of("/proc/thread-self/ns/net");

    private final String outside = namespaceOfThread();

    @Test
    void eachTestIsInANamespaceOfItsOwnWithLoopbackUp(NetworkNamespace own) throws Exception {
        assertNotEquals(outside, namespaceOfThread());
        assertEquals(namespaceOfThread(), own.run(NetworkNamespaceIT::namespaceOfThread));
        String links = NetnsCommands.run("ip -o link");
        assertEquals(1, links.lines().count(), links);
        assertTrue(links.contains("LOOPBACK,UP"), links);
    }

    @Test
    void comesBackEvenIfTheTaskFails() {
        String before = namespaceOfThread();
        try (NetworkNamespace other = NetworkNamespace.create()) {
            assertEquals(before, namespaceOfThread());
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> other.run(() -> {
                        assertNotEquals(before, namespaceOfThread());
                        throw new IllegalStateException("the task's own");
                    }));
            assertEquals("the task's own", thrown.getMessage());
            assertEquals(before, namespaceOfThread());
        }
    }

    @Test
    void aThreadStartedInsideStaysThere() throws Exception {
        try (NetworkNamespace other = NetworkNamespace.create()) {
            FutureTask<String> task = new FutureTask<>(NetworkNamespaceIT::namespaceOfThread);
            Thread thread = new Thread(task);
            String inside = other.run(() -> {
                thread.start();
                return namespaceOfThread();
            });
            assertEquals(inside, task.get());
            assertNotEquals(inside, namespaceOfThread());
        }
    }

    @Test
    void onlyTheThreadThatEnteredMayLeave() throws Exception {
        try (NetworkNamespace other = NetworkNamespace.create();
                NetworkNamespace.Stay stay = other.enter()) {
            FutureTask<Void> task = new FutureTask<>(() -> {
                assertThrows(IllegalStateException.class, stay::close);
                return null;
            });
            Thread thread = new Thread(task);
            thread.start();
            task.get();
        }
    }

    @Test
    void opensANamespaceByItsPath() throws Exception {
        try (NetworkNamespace self = NetworkNamespace.open(OF_THREAD)) {
            assertEquals(namespaceOfThread(), self.run(NetworkNamespaceIT::namespaceOfThread));
        }
    }

    @Test
    void namesAMissingNamespace() {
        ErrnoException missing =
                assertThrows(ErrnoException.class, () -> NetworkNamespace.named("hybrid-gateway-none"));
        assertEquals(Errno.ENOENT, missing.errno());
        assertTrue(missing.getMessage().contains("/var/run/netns/hybrid-gateway-none"), missing.getMessage());
    }

    private static String namespaceOfThread() {
        try {
            return Files.readSymbolicLink(OF_THREAD).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
