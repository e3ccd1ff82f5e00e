/**
 * The only place of this module that calls native code: the C library through jffi, without generated classes.
 *
 * <p>{@link net.hybridgateway.netlink.ffi.LibC} has one method per C function. A method either throws
 * {@link net.hybridgateway.netlink.ffi.ErrnoException} or, where an error is part of normal life and its name begins
 * with {@code try}, returns the negated error number, as the kernel itself does. Calls interrupted by a signal are
 * repeated. Reading and writing bytes and options allocates nothing on the Java heap unless it fails, so that options may be
 * polled for thousands of sockets.
 *
 * <p>{@link net.hybridgateway.netlink.ffi.NativeMemory} is memory that C may read and write;
 * {@link net.hybridgateway.netlink.ffi.SockAddr} knows the layouts of {@code struct sockaddr_in}, {@code sockaddr_in6}
 * (both in netinet/in.h) and {@code sockaddr_nl} (linux/netlink.h).
 *
 * <p>Error numbers and constants are those of Linux on x86, ARM and RISC-V; MIPS numbers some of them differently and is
 * not supported.
 */
package net.hybridgateway.netlink.ffi;
