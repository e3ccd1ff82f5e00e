package net.hybridgateway.app.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.mgmt.status.ProbeFacts;
import net.hybridgateway.mgmt.status.ProbeFacts.Handshake;
import net.hybridgateway.mgmt.status.ProbeFacts.Join;
import net.hybridgateway.mgmt.status.ProbeFacts.SynData;
import net.hybridgateway.mgmt.status.ProbeVerdict;
import net.hybridgateway.mgmt.status.ProbeVerdict.LooksLike;
import net.hybridgateway.mgmt.status.ProbeVerdict.Result;

/** Says what facts mean. A pure function. */
final class ProbeJudge {
    /**
     * What the same probe saw of the same conversion point's address over other uplinks: what works there is not the
     * conversion point's fault.
     *
     * @param asked whether it answered over another uplink at all
     */
    record Elsewhere(boolean asked, boolean multipath, boolean synData) {
        static final Elsewhere UNKNOWN = new Elsewhere(false, false, false);

        static Elsewhere of(List<ProbeFacts> others) {
            return new Elsewhere(
                    others.stream().anyMatch(ProbeJudge::answers),
                    others.stream().anyMatch(ProbeJudge::optionGetsThrough),
                    others.stream().anyMatch(facts -> facts.synData() == SynData.KEPT));
        }
    }

    private ProbeJudge() {}

    static ProbeVerdict judge(ProbeFacts facts, Elsewhere elsewhere) {
        return switch (facts.answer()) {
            case NOT_ASKED -> ProbeVerdict.notAsked("Nothing was asked.");
            case NO_WAY -> unreachable("No way leads to the conversion point.", elsewhere);
            case REFUSED -> unreachable("The conversion point's port refuses plain TCP.", elsewhere);
            case NO_ANSWER -> unreachable("Plain TCP gets no answer.", elsewhere);
            case SPEAKS_OTHERWISE ->
                unusable("Something answers there, but not in Convert (RFC 8803).", LooksLike.NOT_A_CONVERSION_POINT);
            case SILENT, CONVERTS -> judgeMultipath(facts, elsewhere);
        };
    }

    private static ProbeVerdict judgeMultipath(ProbeFacts facts, Elsewhere elsewhere) {
        List<String> sentences = new ArrayList<>();
        if (facts.answer() == ProbeFacts.Answer.SILENT) {
            sentences.add(
                    "It takes connections, but does not answer an Info request; not every conversion point does.");
        }
        sentences.add("Multipath TCP option: " + handshakeWords(facts));
        sentences.add("Data in the SYN: " + synDataWords(facts.synData()));
        sentences.add("Joins: " + joinWords(facts));
        List<LooksLike> looksLike = new ArrayList<>();
        ofHandshake(facts, elsewhere).ifPresent(looksLike::add);
        ofSynData(facts, elsewhere).ifPresent(looksLike::add);
        ofJoin(facts).ifPresent(looksLike::add);
        return new ProbeVerdict(result(facts, looksLike), looksLike, sentences);
    }

    private static Result result(ProbeFacts facts, List<LooksLike> looksLike) {
        if (facts.handshake() == Handshake.NO_ANSWER) {
            return Result.UNUSABLE;
        }
        return looksLike.isEmpty() ? Result.WELL : Result.HINDERED;
    }

    private static ProbeVerdict unreachable(String sentence, Elsewhere elsewhere) {
        return elsewhere.asked()
                ? unusable(sentence + " It answers over another uplink.", LooksLike.UNREACHABLE_HERE)
                : unusable(sentence, LooksLike.UNREACHABLE);
    }

    private static ProbeVerdict unusable(String sentence, LooksLike looksLike) {
        return new ProbeVerdict(Result.UNUSABLE, List.of(looksLike), List.of(sentence));
    }

    private static boolean answers(ProbeFacts facts) {
        return facts.answer() == ProbeFacts.Answer.CONVERTS || facts.answer() == ProbeFacts.Answer.SILENT;
    }

    private static boolean optionGetsThrough(ProbeFacts facts) {
        return facts.handshake() == Handshake.MULTIPATH || facts.handshake() == Handshake.FELL_BACK;
    }

    // ---- the option -------------------------------------------------------------------------------------------------

    private static String handshakeWords(ProbeFacts facts) {
        return switch (facts.handshake()) {
            case MULTIPATH -> "kept on the SYN, on the SYN/ACK and on data.";
            case FELL_BACK -> "kept on the SYN and on the SYN/ACK, stripped from packets with data.";
            case NO_ANSWER -> "a SYN that has it gets no answer, one without gets one.";
            case NOT_TRIED -> "not tried.";
            case PLAIN ->
                switch (facts.optionAtPeer()) {
                    case SEEN -> "kept on the SYN, stripped from the SYN/ACK.";
                    case NOT_SEEN -> "the conversion point does not see it on the SYN.";
                    case NOT_TRIED, UNCLEAR -> "stripped from the SYN or from the SYN/ACK.";
                };
        };
    }

    private static Optional<LooksLike> ofHandshake(ProbeFacts facts, Elsewhere elsewhere) {
        return switch (facts.handshake()) {
            case MULTIPATH, NOT_TRIED -> Optional.empty();
            case FELL_BACK -> Optional.of(LooksLike.OPTION_STRIPPED_FROM_DATA);
            case NO_ANSWER -> Optional.of(LooksLike.OPTION_SYN_DROPPED);
            case PLAIN ->
                Optional.of(
                        switch (facts.optionAtPeer()) {
                            case SEEN -> LooksLike.OPTION_STRIPPED_FROM_SYN_ACK;
                            case NOT_SEEN ->
                                plainEverywhere(elsewhere)
                                        ? LooksLike.NO_MULTIPATH_AT_CONVERSION_POINT
                                        : LooksLike.OPTION_STRIPPED_FROM_SYN;
                            case NOT_TRIED, UNCLEAR ->
                                plainEverywhere(elsewhere)
                                        ? LooksLike.NO_MULTIPATH_AT_CONVERSION_POINT
                                        : LooksLike.OPTION_STRIPPED_FROM_HANDSHAKE;
                        });
        };
    }

    private static boolean plainEverywhere(Elsewhere elsewhere) {
        return elsewhere.asked() && !elsewhere.multipath();
    }

    // ---- data in the SYN --------------------------------------------------------------------------------------------

    private static String synDataWords(SynData synData) {
        return switch (synData) {
            case KEPT -> "kept.";
            case COSTS_MULTIPATH -> "kept, but the connection is plain TCP then.";
            case NOT_ACKNOWLEDGED -> "stripped, the SYN/ACK does not acknowledge them.";
            case SYN_LOST -> "a SYN that has them is lost.";
            case NOT_TRIED -> "not tried.";
        };
    }

    private static Optional<LooksLike> ofSynData(ProbeFacts facts, Elsewhere elsewhere) {
        return switch (facts.synData()) {
            case KEPT, NOT_TRIED -> Optional.empty();
            case COSTS_MULTIPATH -> Optional.of(LooksLike.SYN_DATA_COSTS_MULTIPATH);
            case SYN_LOST -> Optional.of(LooksLike.SYN_DATA_DROPPED);
            case NOT_ACKNOWLEDGED ->
                Optional.of(elsewhere.synData() ? LooksLike.SYN_DATA_STRIPPED : LooksLike.SYN_DATA_NOT_TAKEN);
        };
    }

    // ---- joins ------------------------------------------------------------------------------------------------------

    private static String joinWords(ProbeFacts facts) {
        return switch (facts.join()) {
            case JOINED -> "kept, on the SYN and on the SYN/ACK.";
            case NO_ANSWER -> "a SYN that joins a connection gets no answer.";
            case NOT_WANTED_HERE -> "not tried, for the conversion point wants them at other addresses of its.";
            case NOT_TRIED ->
                facts.handshake() == Handshake.MULTIPATH
                        ? "not tried."
                        : "not tried, for there is no Multipath TCP connection to join.";
            case REFUSED ->
                switch (facts.optionAtPeer()) {
                    case SEEN -> "the option is kept on the SYN, stripped from the SYN/ACK.";
                    case NOT_SEEN -> "the option is stripped from the SYN.";
                    case NOT_TRIED, UNCLEAR -> "the option is stripped from the SYN or from the SYN/ACK.";
                };
        };
    }

    private static Optional<LooksLike> ofJoin(ProbeFacts facts) {
        if (facts.join() == Join.NO_ANSWER) {
            return Optional.of(LooksLike.JOIN_DROPPED);
        }
        if (facts.join() != Join.REFUSED) {
            return Optional.empty();
        }
        return Optional.of(
                switch (facts.optionAtPeer()) {
                    case SEEN -> LooksLike.JOIN_STRIPPED_FROM_SYN_ACK;
                    case NOT_SEEN -> LooksLike.JOIN_STRIPPED_FROM_SYN;
                    case NOT_TRIED, UNCLEAR -> LooksLike.JOIN_STRIPPED;
                });
    }
}
