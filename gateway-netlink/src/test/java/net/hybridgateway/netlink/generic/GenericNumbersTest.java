package net.hybridgateway.netlink.generic;

import java.util.stream.Stream;
import net.hybridgateway.netlink.testing.KernelHeaders;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GenericNumbersTest {
    @TestFactory
    Stream<DynamicTest> areThoseOfTheKernelHeaders() {
        return KernelHeaders.compare(GenericNumbers.class, "linux/genetlink.h");
    }
}
