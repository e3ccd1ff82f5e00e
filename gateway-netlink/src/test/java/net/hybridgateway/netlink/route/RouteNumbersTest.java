package net.hybridgateway.netlink.route;

import java.util.stream.Stream;
import net.hybridgateway.netlink.testing.KernelHeaders;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RouteNumbersTest {
    @TestFactory
    Stream<DynamicTest> areThoseOfTheKernelHeaders() {
        return KernelHeaders.compare(
                RouteNumbers.class,
                "linux/rtnetlink.h",
                "linux/if.h",
                "linux/if_link.h",
                "linux/if_addr.h",
                "linux/fib_rules.h");
    }
}
