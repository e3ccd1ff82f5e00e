package net.hybridgateway.mgmt.status;

import java.util.Objects;

/**
 * What was seen on one way to a conversion point, without an opinion.
 *
 * @param answer to a plain TCP connection
 * @param handshake what became of one that asks for Multipath TCP
 * @param synData what became of data in the SYN
 * @param join what became of a second subflow
 * @param optionAtPeer whether the conversion point sees the option; asked only where the handshake came without it, or a
 *     join came to nothing
 */
public record ProbeFacts(Answer answer, Handshake handshake, SynData synData, Join join, OptionAtPeer optionAtPeer) {
    /** What a plain TCP connection meets. */
    public enum Answer {
        NOT_ASKED,
        /** It speaks Convert. */
        CONVERTS,
        /** Connected, and then nothing: not every conversion point answers Info requests. */
        SILENT,
        /** Something else answers, or it hangs up. */
        SPEAKS_OTHERWISE,
        /** A reset, or an ICMP message that says as much. */
        REFUSED,
        /** No SYN/ACK. */
        NO_ANSWER,
        /** The kernel, or a router, knows no way. */
        NO_WAY
    }

    /** What a SYN with the Multipath TCP option meets. */
    public enum Handshake {
        NOT_TRIED,
        /** The option is there on the SYN/ACK, and on the data after it. */
        MULTIPATH,
        /** The SYN/ACK comes without it. */
        PLAIN,
        /** Multipath TCP until data came, plain TCP from then on. */
        FELL_BACK,
        /** No SYN/ACK. */
        NO_ANSWER
    }

    /** What becomes of data in the SYN. */
    public enum SynData {
        NOT_TRIED,
        /** Acknowledged by the SYN/ACK; and Multipath TCP stays, where it works at all. */
        KEPT,
        /** Acknowledged, and the connection is plain TCP, which it is not without data in the SYN. */
        COSTS_MULTIPATH,
        /** The SYN/ACK acknowledges the SYN alone. */
        NOT_ACKNOWLEDGED,
        /** Such a SYN has no SYN/ACK; one without data may have. */
        SYN_LOST
    }

    /** What becomes of a SYN that joins a connection. */
    public enum Join {
        NOT_TRIED,
        JOINED,
        /** Answered, but not with the option; or with a reset. */
        REFUSED,
        NO_ANSWER,
        /** The conversion point wants joins at other addresses (the C flag, RFC 8684 §3.1), so that none was tried. */
        NOT_WANTED_HERE
    }

    /** Whether a SYN with the option arrives with it. */
    public enum OptionAtPeer {
        NOT_TRIED,
        SEEN,
        NOT_SEEN,
        /** No answer, or none that tells. */
        UNCLEAR
    }

    /** Nothing is known. */
    public static final ProbeFacts NONE = new ProbeFacts(
            Answer.NOT_ASKED, Handshake.NOT_TRIED, SynData.NOT_TRIED, Join.NOT_TRIED, OptionAtPeer.NOT_TRIED);

    public ProbeFacts {
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(handshake, "handshake");
        Objects.requireNonNull(synData, "synData");
        Objects.requireNonNull(join, "join");
        Objects.requireNonNull(optionAtPeer, "optionAtPeer");
    }

    public ProbeFacts with(Answer found) {
        return new ProbeFacts(found, handshake, synData, join, optionAtPeer);
    }

    public ProbeFacts with(Handshake found) {
        return new ProbeFacts(answer, found, synData, join, optionAtPeer);
    }

    public ProbeFacts with(SynData found) {
        return new ProbeFacts(answer, handshake, found, join, optionAtPeer);
    }

    public ProbeFacts with(Join found) {
        return new ProbeFacts(answer, handshake, synData, found, optionAtPeer);
    }

    public ProbeFacts with(OptionAtPeer found) {
        return new ProbeFacts(answer, handshake, synData, join, found);
    }
}
