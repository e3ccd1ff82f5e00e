/**
 * Supported help for tests, published as the test jar of this module.
 *
 * <p>With the real kernel: a network namespace for each test ({@link net.hybridgateway.netlink.testing.NetnsExtension}) and
 * commands that run in it ({@link net.hybridgateway.netlink.testing.NetnsCommands}).
 *
 * <p>Without: a socket whose kernel is a function ({@link net.hybridgateway.netlink.testing.FakeNetlinkSocket}), the answers
 * that such a kernel gives ({@link net.hybridgateway.netlink.testing.NetlinkReplies}), datagrams captured from the real
 * tools ({@link net.hybridgateway.netlink.testing.GoldenBytes}) and the numbers of the kernel's headers
 * ({@link net.hybridgateway.netlink.testing.KernelHeaders}).
 */
package net.hybridgateway.netlink.testing;
