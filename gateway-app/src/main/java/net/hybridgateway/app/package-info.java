/**
 * The gateway: what ties the kernel, the decisions and the relay together.
 *
 * <p>This is the only module that sees all others. Kernel events become engine events here, and the engine's decisions
 * become kernel commands; neither side knows the other.
 */
package net.hybridgateway.app;
