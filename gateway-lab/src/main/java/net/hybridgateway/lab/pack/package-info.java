/**
 * {@code ./dev package}: OpenWrt packages with a Java runtime of their own.
 *
 * <p>{@link net.hybridgateway.lab.pack.Pack} goes from the built distribution to {@code .ipk} and {@code .apk} files: Debian's
 * Java for the target ({@link net.hybridgateway.lab.pack.DebianPackages}), the program as one module
 * ({@link net.hybridgateway.lab.pack.ApplicationModule}), both in one image with the C library that they need
 * ({@link net.hybridgateway.lab.pack.JavaRuntime}), and then the files of the formats. What is written depends on what is
 * packed alone: no clock, no order of a file system, no name of a machine.
 */
package net.hybridgateway.lab.pack;
