package net.hybridgateway.mgmt.status;

import java.util.List;
import java.util.Objects;

/**
 * What the facts of one way mean.
 *
 * @param looksLike what seems to be in the way; empty if nothing is
 * @param sentences the facts in words, for people
 */
public record ProbeVerdict(Result result, List<LooksLike> looksLike, List<String> sentences) {
    /** How good a way is, best first. */
    public enum Result {
        /** All of Multipath TCP works. */
        WELL,
        /** The conversion point can be used, but something takes away a part. */
        HINDERED,
        /** The conversion point cannot be used on this way. */
        UNUSABLE,
        /** Nothing was sent; the sentences say why. */
        NOT_ASKED
    }

    /** What would explain the facts. */
    public enum LooksLike {
        UPLINK_DOWN("the uplink has no carrier, no address or no route"),
        UNREACHABLE("a network that does not lead to the conversion point, a firewall, or a dead conversion point"),
        UNREACHABLE_HERE("a network that does not lead to the conversion point, or a firewall there"),
        NOT_A_CONVERSION_POINT("another service on that port, or a proxy on the way"),
        OPTION_STRIPPED_FROM_SYN(
                "a middlebox that takes the option from SYNs, or a conversion point without Multipath TCP"),
        OPTION_STRIPPED_FROM_SYN_ACK("a middlebox that takes the option from SYN/ACKs"),
        OPTION_STRIPPED_FROM_HANDSHAKE("a middlebox, or a proxy, that takes the option from SYNs or SYN/ACKs"),
        OPTION_STRIPPED_FROM_DATA("a middlebox that takes the option from packets with data"),
        OPTION_SYN_DROPPED("a firewall that drops SYNs with the option"),
        NO_MULTIPATH_AT_CONVERSION_POINT(
                "a conversion point that speaks plain TCP: it is the same over every uplink that was asked"),
        SYN_DATA_STRIPPED("a middlebox that takes data out of SYNs"),
        SYN_DATA_DROPPED("a firewall that drops SYNs with data"),
        SYN_DATA_NOT_TAKEN("a conversion point that takes no data in SYNs, or a middlebox that takes them out"),
        SYN_DATA_COSTS_MULTIPATH("a conversion point whose Multipath TCP takes no data in SYNs"),
        JOIN_STRIPPED_FROM_SYN("a middlebox that takes the option from SYNs that join a connection"),
        JOIN_STRIPPED_FROM_SYN_ACK("a middlebox that takes the option from the answers to joins"),
        JOIN_STRIPPED("a middlebox that takes the option from joins or from their answers"),
        JOIN_DROPPED("a firewall that drops SYNs that join a connection");

        private final String words;

        LooksLike(String words) {
            this.words = words;
        }

        /** Half a sentence. */
        public String words() {
            return words;
        }
    }

    public ProbeVerdict {
        Objects.requireNonNull(result, "result");
        looksLike = List.copyOf(looksLike);
        sentences = List.copyOf(sentences);
    }

    /** Nothing was sent. */
    public static ProbeVerdict notAsked(String why) {
        return new ProbeVerdict(Result.NOT_ASKED, List.of(), List.of(why));
    }
}
