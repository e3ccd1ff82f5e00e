/**
 * Supported help for tests, published as the test jar of this module: a network namespace for each test
 * ({@link net.hybridgateway.netlink.testing.NetnsExtension}) and commands that run in it
 * ({@link net.hybridgateway.netlink.testing.NetnsCommands}).
 */
package net.hybridgateway.netlink.testing;
