/**
 * Conversion points that are learnt from the uplinks' networks: by DHCP, DHCPv6 and DNS.
 *
 * <pre>
 *   udhcpc, odhcp6c ──▶ hook (shell) ──▶ RUN-DIR/leases/wan0.dhcpv4 ──▶ LeaseReader ──▶ Lease
 *                                        one file for each lease        taken or refused as a whole
 *
 *   configuration, Lease, answers ──▶ PointList ──▶ conversion points, in the order of preference
 *                             ▲           │
 *          NameCache ──▶──────┘           └──▶ NameQuestion ──▶ UplinkNames ──▶ DnsClient ──▶ NameAnswer ──▶ NameCache
 * </pre>
 *
 * <p>What the network says is taken apart by pure code, which refuses with a message that names the file, the option and the
 * byte; what is refused changes nothing.
 */
package net.hybridgateway.app.discovery;
