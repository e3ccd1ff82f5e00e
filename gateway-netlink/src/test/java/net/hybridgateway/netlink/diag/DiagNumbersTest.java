package net.hybridgateway.netlink.diag;

import java.util.stream.Stream;
import net.hybridgateway.netlink.testing.KernelHeaders;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DiagNumbersTest {
    @TestFactory
    Stream<DynamicTest> numbersAreThoseOfTheKernelHeaders() {
        return KernelHeaders.compare(
                DiagNumbers.class, "netinet/in.h", "linux/sock_diag.h", "linux/inet_diag.h", "linux/mptcp.h");
    }
}
