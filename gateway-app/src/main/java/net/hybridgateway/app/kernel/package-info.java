/**
 * The daemon's hands in the kernel: what it sees there, and what it changes.
 *
 * <table>
 * <caption>What belongs to this program, and how it is known again</caption>
 * <tr><td>nftables</td><td>table {@code inet hybrid_gateway}</td></tr>
 * <tr><td>mark of packets and connections</td><td>bit 0x08000000 (mwan3 has 0x3f00, tailscale 0xff0000)</td></tr>
 * <tr><td>rules</td><td>priorities 800 and 810, 32764 and 32765, protocol 138 (mwan3 has 1000 to 3999, tailscale 5210 to 5270)</td></tr>
 * <tr><td>routing tables</td><td>8800 to the transparent listener, 8801 and up one for each uplink</td></tr>
 * <tr><td>settings</td><td>saved in the run directory before they are changed</td></tr>
 * </table>
 *
 * <p>Everything is applied as a wanted whole: {@link net.hybridgateway.app.kernel.PolicyRouting} and {@link
 * net.hybridgateway.app.kernel.TableGuard} find the difference themselves, and doing it twice changes nothing. So it is done
 * again whenever the kernel tells that somebody changed something.
 * {@link net.hybridgateway.app.kernel.KernelCleanup} removes it all, whoever left it.
 */
package net.hybridgateway.app.kernel;
