package net.hybridgateway.netlink.conntrack;

import java.util.stream.Stream;
import net.hybridgateway.netlink.testing.KernelHeaders;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ConntrackNumbersTest {
    @TestFactory
    Stream<DynamicTest> numbersAreThoseOfTheKernelHeaders() {
        return KernelHeaders.compare(
                ConntrackNumbers.class,
                "linux/netlink.h",
                "linux/netfilter/nfnetlink.h",
                "linux/netfilter/nfnetlink_conntrack.h");
    }
}
