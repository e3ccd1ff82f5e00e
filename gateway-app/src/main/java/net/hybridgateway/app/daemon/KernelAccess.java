package net.hybridgateway.app.daemon;

import net.hybridgateway.netlink.conntrack.Conntrack;
import net.hybridgateway.netlink.diag.SockDiag;
import net.hybridgateway.netlink.mptcp.MptcpEventMonitor;
import net.hybridgateway.netlink.mptcp.MptcpPathManager;
import net.hybridgateway.netlink.nftables.NfTables;
import net.hybridgateway.netlink.nftables.NftMonitor;
import net.hybridgateway.netlink.route.RouteMonitor;
import net.hybridgateway.netlink.route.RouteNetlink;

/** All sockets through which the daemon speaks to the kernel. */
record KernelAccess(
        RouteMonitor routeEvents,
        MptcpEventMonitor connectionEvents,
        RouteNetlink routes,
        MptcpPathManager pathManager,
        SockDiag sockets,
        NftMonitor tableEvents,
        NfTables tables,
        Conntrack conntrack) {
    /** Opens them, the monitors of uplinks and connections first: what happens from here on is seen. */
    static KernelAccess open(Lifecycle lifecycle) {
        return new KernelAccess(
                lifecycle.keep("route monitor", RouteMonitor.open()),
                lifecycle.keep("connection monitor", MptcpEventMonitor.open()),
                lifecycle.keep("rtnetlink", RouteNetlink.open()),
                lifecycle.keep("path manager", MptcpPathManager.open()),
                lifecycle.keep("sock_diag", SockDiag.open()),
                lifecycle.keep("nf_tables monitor", NftMonitor.open()),
                lifecycle.keep("nf_tables", NfTables.open()),
                lifecycle.keep("conntrack", Conntrack.open()));
    }
}
