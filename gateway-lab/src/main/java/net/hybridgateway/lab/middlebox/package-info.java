/**
 * What stands between a home and its conversion point, and does to packets what it should not: a
 * {@link net.hybridgateway.lab.middlebox.Middlebox} sits at the router's end of one line and has one
 * {@link net.hybridgateway.lab.middlebox.Behaviour} at a time.
 *
 * <pre>
 *   gateway ── line ── fixed0 ─[ nftables: up in prerouting, down in postrouting ]─ router ── conversion point
 *                                 └─ SYNs with data ──▶ SynDataStripper ──▶ without data ─┘
 * </pre>
 *
 * <p>nftables removes options (it overwrites them with no-ops), drops and renumbers, and mends the checksums. What it
 * cannot do is to shorten a packet; that is done by a thread, see
 * {@link net.hybridgateway.lab.middlebox.SynDataStripper}.
 */
package net.hybridgateway.lab.middlebox;
