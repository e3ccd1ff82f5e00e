package net.hybridgateway.netlink.nftables;

import java.util.stream.Stream;
import net.hybridgateway.netlink.testing.KernelHeaders;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NftNumbersTest {
    @TestFactory
    Stream<DynamicTest> numbersAreThoseOfTheKernelHeaders() {
        return KernelHeaders.compare(
                NftNumbers.class,
                "linux/netlink.h",
                "linux/netfilter.h",
                "linux/netfilter/nfnetlink.h",
                "linux/netfilter/nf_tables.h");
    }
}
