/**
 * What lies on the router beside the program (rootfs-overlay), run by busybox's shell as there. OpenWrt's own programs are not
 * in Debian: small stand-ins show what they are asked for.
 */
package net.hybridgateway.lab.openwrt;
