/**
 * Supported help for tests, published as the test jar of this module.
 *
 * <p>For tests with the real kernel: a network namespace for each test
 * ({@link net.hybridgateway.netlink.testing.NetnsExtension}), commands and sysctls in it
 * ({@link net.hybridgateway.netlink.testing.NetnsCommands}), and comparison of numbers with the C headers
 * ({@link net.hybridgateway.netlink.testing.KernelHeaders}). For tests without: a socket whose kernel is a function
 * ({@link net.hybridgateway.netlink.testing.FakeNetlinkSocket}), answers for it
 * ({@link net.hybridgateway.netlink.testing.NetlinkReplies}) and captured bytes
 * ({@link net.hybridgateway.netlink.testing.GoldenBytes}).
 */
package net.hybridgateway.netlink.testing;
