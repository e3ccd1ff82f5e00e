package net.hybridgateway.netlink.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.MessageFlags;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.NetlinkProtocol;
import net.hybridgateway.netlink.NetlinkRequest;
import net.hybridgateway.netlink.ffi.Errno;

/**
 * Reads and changes links, addresses, routes and rules, as {@code ip} does. Changes need CAP_NET_ADMIN.
 *
 * <p>All methods throw what {@link NetlinkConversation} throws; a refusal is a {@link NetlinkException} with the kernel's
 * reason, such as EEXIST for something that is there already, ESRCH for a route to delete that is not there, ENOENT for
 * such a rule.
 */
public final class RouteNetlink implements AutoCloseable {
    private static final int ADD = MessageFlags.CREATE | MessageFlags.EXCLUSIVE;
    private static final int REPLACE = MessageFlags.CREATE | MessageFlags.REPLACE;

    private final NetlinkConversation conversation;

    /** @param conversation of {@link NetlinkProtocol#ROUTE}; closed with this object */
    public RouteNetlink(NetlinkConversation conversation) {
        this.conversation = conversation;
    }

    /** Opens a socket in the network namespace of this thread. */
    public static RouteNetlink open() {
        return new RouteNetlink(NetlinkConversation.open(NetlinkProtocol.ROUTE));
    }

    /** All links. */
    public List<Link> links() {
        NetlinkRequest request = request("list links", RouteNumbers.RTM_GETLINK, Link.header(0, 0, 0));
        return dump(request, RouteNumbers.RTM_NEWLINK).stream()
                .filter(Link::isAboutLink)
                .map(Link::decode)
                .toList();
    }

    /** The link called {@code name}. */
    public Optional<Link> link(String name) {
        AttributeWriter writer = new AttributeWriter(Link.header(0, 0, 0)).string(RouteNumbers.IFLA_IFNAME, name);
        return queryLink(new NetlinkRequest("get link " + name, RouteNumbers.RTM_GETLINK, 0, writer));
    }

    /** The link with the number {@code index}. */
    public Optional<Link> link(int index) {
        return queryLink(request("get link " + index, RouteNumbers.RTM_GETLINK, Link.header(index, 0, 0)));
    }

    private Optional<Link> queryLink(NetlinkRequest request) {
        try {
            return conversation.query(request).map(Link::decode);
        } catch (NetlinkException e) {
            if (e.is(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Sets a link administratively up or down; either may be the case already. */
    public void setUp(int linkIndex, boolean up) {
        int flags = up ? RouteNumbers.IFF_UP : 0;
        conversation.execute(request(
                "set link " + linkIndex + (up ? " up" : " down"),
                RouteNumbers.RTM_NEWLINK,
                Link.header(linkIndex, flags, RouteNumbers.IFF_UP)));
    }

    /** All addresses of all links. */
    public List<Address> addresses() {
        List<Address> addresses = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            NetlinkRequest request = request(
                    "list addresses of " + family,
                    RouteNumbers.RTM_GETADDR,
                    familyHeader(family, Address.HEADER_BYTES));
            for (NetlinkMessage message : dump(request, RouteNumbers.RTM_NEWADDR)) {
                Address.decode(message)
                        .filter(address -> address.family() == family)
                        .ifPresent(addresses::add);
            }
        }
        return addresses;
    }

    /** Adds an address; fails with EEXIST if the link has it. */
    public void addAddress(Address address) {
        conversation.execute(
                new NetlinkRequest("add address " + address, RouteNumbers.RTM_NEWADDR, ADD, address.encode()));
    }

    /** Adds an address or gives the one that is there other flags. */
    public void replaceAddress(Address address) {
        conversation.execute(
                new NetlinkRequest("replace address " + address, RouteNumbers.RTM_NEWADDR, REPLACE, address.encode()));
    }

    /** Deletes an address; fails with EADDRNOTAVAIL if the link lacks it. */
    public void deleteAddress(Address address) {
        conversation.execute(
                new NetlinkRequest("delete address " + address, RouteNumbers.RTM_DELADDR, 0, address.encode()));
    }

    /** All routes of all tables, those of the kernel included. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            routes.addAll(routes(
                    family,
                    new NetlinkRequest(
                            "list routes of " + family,
                            RouteNumbers.RTM_GETROUTE,
                            0,
                            familyHeader(family, Route.HEADER_BYTES))));
        }
        return routes;
    }

    /** The routes of one table; none if there is no such table. */
    public List<Route> routes(long table) {
        List<Route> routes = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            AttributeWriter writer =
                    new AttributeWriter(familyHeader(family, Route.HEADER_BYTES)).u32(RouteNumbers.RTA_TABLE, table);
            NetlinkRequest request = new NetlinkRequest(
                    "list routes of " + family + " in table " + table, RouteNumbers.RTM_GETROUTE, 0, writer);
            try {
                // Kernels before 4.20 ignore the attribute and send all tables.
                routes(family, request).stream()
                        .filter(route -> route.table() == table)
                        .forEach(routes::add);
            } catch (NetlinkException e) {
                if (!e.is(Errno.ENOENT)) {
                    throw e;
                }
            }
        }
        return routes;
    }

    /** A kernel without IPv6 answers a request for IPv6 with all that it has, hence the filter. */
    private List<Route> routes(AddressFamily family, NetlinkRequest request) {
        return dump(request, RouteNumbers.RTM_NEWROUTE).stream()
                .flatMap(message -> Route.decode(message).stream())
                .filter(route -> route.family() == family)
                .toList();
    }

    /** Adds a route; fails with EEXIST if there is one with this destination and metric. */
    public void addRoute(Route route) {
        conversation.execute(new NetlinkRequest("add route " + route, RouteNumbers.RTM_NEWROUTE, ADD, route.encode()));
    }

    /** Adds a route, or puts it in the place of the one with this destination, metric and table. */
    public void replaceRoute(Route route) {
        conversation.execute(
                new NetlinkRequest("replace route " + route, RouteNumbers.RTM_NEWROUTE, REPLACE, route.encode()));
    }

    /** Deletes a route; fails with ESRCH if there is none. */
    public void deleteRoute(Route route) {
        conversation.execute(new NetlinkRequest("delete route " + route, RouteNumbers.RTM_DELROUTE, 0, route.encode()));
    }

    /** All rules of both families. */
    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            NetlinkRequest request = request(
                    "list rules of " + family, RouteNumbers.RTM_GETRULE, familyHeader(family, Rule.HEADER_BYTES));
            dump(request, RouteNumbers.RTM_NEWRULE).stream()
                    .flatMap(message -> Rule.decode(message).stream())
                    .filter(rule -> rule.family() == family)
                    .forEach(rules::add);
        }
        return rules;
    }

    /** Adds a rule; fails with EEXIST if the same is there. */
    public void addRule(Rule rule) {
        conversation.execute(new NetlinkRequest("add rule " + rule, RouteNumbers.RTM_NEWRULE, ADD, rule.encode()));
    }

    /** Deletes a rule; fails with ENOENT if there is none such. */
    public void deleteRule(Rule rule) {
        conversation.execute(new NetlinkRequest("delete rule " + rule, RouteNumbers.RTM_DELRULE, 0, rule.encode()));
    }

    @Override
    public void close() {
        conversation.close();
    }

    private List<NetlinkMessage> dump(NetlinkRequest request, int type) {
        return conversation.dump(request).stream()
                .filter(message -> message.type() == type)
                .toList();
    }

    private static NetlinkRequest request(String operation, int type, ByteBuffer header) {
        return new NetlinkRequest(operation, type, 0, header);
    }

    /** All fixed parts begin with the family. */
    private static ByteBuffer familyHeader(AddressFamily family, int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder()).put(0, (byte) family.number());
    }
}
