package net.hybridgateway.netlink;

import java.util.stream.Stream;
import net.hybridgateway.netlink.testing.KernelHeaders;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NetlinkNumbersTest {
    @TestFactory
    Stream<DynamicTest> areThoseOfTheKernelHeaders() {
        return KernelHeaders.compare(NetlinkNumbers.class, "linux/netlink.h");
    }
}
