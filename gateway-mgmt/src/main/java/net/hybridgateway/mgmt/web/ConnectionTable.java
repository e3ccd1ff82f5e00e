package net.hybridgateway.mgmt.web;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** The open connections: how many there may be, and which of them take too long. Belongs to the thread "web". */
final class ConnectionTable {
    private final LanRule rule;
    private final LongSupplier nanoTime;
    private final Set<Member> members = new HashSet<>();

    /** A connection. */
    interface Member {
        InetAddress peer();

        /** Whether it has taken too long. */
        boolean overdue(long nowNanos);

        void close();
    }

    ConnectionTable(LanRule rule, LongSupplier nanoTime) {
        this.rule = rule;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes one that was opened.
     *
     * @param local the address that it came to
     * @return false if it is to be closed without a word
     */
    boolean admit(Member member, InetAddress local) {
        return members.size() < WebLimits.CONNECTIONS
                && members.stream()
                                .filter(it -> it.peer().equals(member.peer()))
                                .count()
                        < WebLimits.CONNECTIONS_PER_ADDRESS
                && rule.admits(member.peer(), local)
                && members.add(member);
    }

    void remove(Member member) {
        members.remove(member);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    int size() {
        return members.size();
    }

    void endOverdue() {
        long now = nanoTime.getAsLong();
        List.copyOf(members).stream().filter(it -> it.overdue(now)).forEach(Member::close);
    }
}
