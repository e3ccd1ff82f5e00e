package net.hybridgateway.lab.middlebox;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a middlebox does to the TCP packets of a line. Up is towards the conversion point. */
public enum Behaviour {
    /** Takes the option from SYNs, joining ones too: the far end sees plain TCP. */
    STRIP_SYN(Rules.SYN + Rules.STRIP, ""),
    /** Takes the option from SYN/ACKs: the far end offers Multipath TCP, and nobody hears of it. */
    STRIP_SYN_ACK("", Rules.SYN_ACK + Rules.STRIP),
    /** Takes the option from SYNs that join a connection, and from no others. */
    STRIP_JOIN(Rules.SYN + Rules.JOIN + Rules.STRIP, ""),
    /** Takes the option from the answers to those. */
    STRIP_JOIN_ANSWER("", Rules.SYN_ACK + Rules.JOIN + Rules.STRIP),
    /** Lets handshakes through, the third ACK too, and takes the option from what follows. */
    STRIP_DATA(Rules.NO_SYN + Rules.DATA_SEQUENCE + Rules.STRIP, Rules.NO_SYN + Rules.STRIP),
    /** Drops SYNs that have the option, as a firewall does that knows no such thing. */
    DROP_MPTCP_SYN(Rules.SYN + "tcp option mptcp exists drop\n", ""),
    /** Drops SYNs with data: a retransmitted SYN, which has none, comes through. */
    DROP_SYN_DATA(Rules.synWithData(), ""),
    /** Cuts data off SYNs and lets the rest through. */
    STRIP_SYN_DATA(Rules.synWithData(), ""),
    /**
     * Drops packets with which the conversion point announces an address (ADD_ADDR). Linux sends them as acknowledgments
     * that carry nothing else; the option alone taken away, the rest would turn a young connection into plain TCP.
     */
    DROP_ADD_ADDR("", "tcp option mptcp subtype 3 drop\n"),
    /** Has other port numbers outside than inside, as a NAT has. */
    RENUMBER_PORTS(Rules.renumber("sport", 1), Rules.renumber("dport", 1)),
    /** The same with other numbers: what a NAT does that has lost its table. */
    RENUMBER_PORTS_AGAIN(Rules.renumber("sport", 2), Rules.renumber("dport", 2));

    private final String up;
    private final String down;

    Behaviour(String up, String down) {
        this.up = up;
        this.down = down;
    }

    /** Statements of nft for packets that come from the home. */
    String up() {
        return up;
    }

    /** Statements of nft for packets that go to the home. */
    String down() {
        return down;
    }

    private static final class Rules {
        static final String SYN = "tcp flags & (syn | ack) == syn ";
        static final String SYN_ACK = "tcp flags & (syn | ack) == syn | ack ";
        static final String NO_SYN = "tcp flags & syn == 0 ";
        static final String JOIN = "tcp option mptcp subtype 1 ";
        static final String DATA_SEQUENCE = "tcp option mptcp subtype 2 ";
        static final String STRIP = "reset tcp option mptcp\n";

        private static final int SHORTEST_HEADER_WORDS = 5;
        private static final int LONGEST_HEADER_WORDS = 15;
        private static final int IPV4_HEADER = 20;

        private Rules() {}

        /** One rule for each length of the TCP header: nft does not add. IPv4 headers here have no options. */
        static String synWithData() {
            return IntStream.rangeClosed(SHORTEST_HEADER_WORDS, LONGEST_HEADER_WORDS)
                    .mapToObj(words -> String.format(
                            "%1$s tcp doff %2$d ip length > %3$d drop%n%1$s tcp doff %2$d ip6 length > %4$d drop%n",
                            SYN, words, IPV4_HEADER + 4 * words, 4 * words))
                    .collect(Collectors.joining());
        }

        /** Changes a bit of the ephemeral port numbers, which have their highest bit set, and is its own opposite. */
        static String renumber(String port, int bit) {
            return "tcp " + port + " >= 32768 tcp " + port + " set tcp " + port + " ^ " + (bit << 10) + "\n";
        }
    }
}
