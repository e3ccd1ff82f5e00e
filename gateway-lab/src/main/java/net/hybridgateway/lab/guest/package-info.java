/**
 * {@code ./dev package --verify}: the packages on a whole 64-bit ARM machine, emulated by qemu: kernel, init, init script, a
 * house of namespaces, breaks, memory, crashes and power cuts.
 *
 * <p>{@link net.hybridgateway.lab.guest.GuestImage} makes kernel, initramfs and root; {@link
 * net.hybridgateway.lab.guest.Machine} runs them. Shell scripts inside (resources of this package) do what there is to do and
 * report it on the console, without judging: lines that begin with {@code @@}, read by {@link
 * net.hybridgateway.lab.guest.GuestReport}. {@link net.hybridgateway.lab.guest.RelayJudge} and {@link
 * net.hybridgateway.lab.guest.CrashJudge} make figures with bounds of them.
 */
package net.hybridgateway.lab.guest;
