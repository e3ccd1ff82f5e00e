package net.hybridgateway.netlink.mptcp;

import java.util.stream.Stream;
import net.hybridgateway.netlink.testing.KernelHeaders;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MptcpNumbersTest {
    @TestFactory
    Stream<DynamicTest> areThoseOfTheKernelHeaders() {
        return KernelHeaders.compare(MptcpNumbers.class, "linux/mptcp.h", "linux/mptcp_pm.h");
    }
}
