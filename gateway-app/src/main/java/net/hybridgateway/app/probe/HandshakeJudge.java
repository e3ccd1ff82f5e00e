package net.hybridgateway.app.probe;

import java.util.Optional;
import net.hybridgateway.app.upstream.HandshakeLesson;
import net.hybridgateway.app.upstream.PathHandshake;
import net.hybridgateway.app.upstream.PathMemory;
import net.hybridgateway.mgmt.status.ProbeFacts.Answer;
import net.hybridgateway.mgmt.status.ProbeFacts.Handshake;
import net.hybridgateway.mgmt.status.ProbeFacts.SynData;

/** What a path's facts mean for new connections. */
final class HandshakeJudge {
    private HandshakeJudge() {}

    /**
     * Weighs them.
     *
     * @param synData of Multipath TCP, where its SYNs are answered at all
     * @param handshake of a SYN without data; NOT_TRIED where one with data kept everything
     * @param answer to plain TCP; NOT_ASKED where Multipath TCP was answered
     * @param replied whether the conversion point said something on the connection that was looked at last
     * @return empty if nothing was answered
     */
    static Optional<HandshakeLesson> judge(SynData synData, Handshake handshake, Answer answer, boolean replied) {
        if (synData == SynData.KEPT && handshake == Handshake.NOT_TRIED) {
            return lesson(PathHandshake.FAST_OPEN, synData, replied);
        }
        return switch (handshake) {
            case NOT_TRIED -> Optional.empty();
            case MULTIPATH -> lesson(PathHandshake.MULTIPATH, synData, replied);
            case PLAIN -> lesson(PathHandshake.ANSWERED_PLAIN, synData, false);
            case FELL_BACK -> lesson(PathHandshake.PLAIN_ONLY, synData, false);
            case NO_ANSWER ->
                switch (answer) {
                    case CONVERTS, SILENT, SPEAKS_OTHERWISE -> lesson(PathHandshake.PLAIN_ONLY, synData, false);
                    case NOT_ASKED, REFUSED, NO_ANSWER, NO_WAY -> Optional.empty();
                };
        };
    }

    private static Optional<HandshakeLesson> lesson(PathHandshake handshake, SynData synData, boolean optionsKept) {
        return Optional.of(new HandshakeLesson(handshake, seen(synData), optionsKept));
    }

    private static Optional<PathMemory.SynData> seen(SynData synData) {
        return switch (synData) {
            case NOT_TRIED -> Optional.empty();
            case KEPT, COSTS_MULTIPATH -> Optional.of(PathMemory.SynData.ACCEPTED);
            case NOT_ACKNOWLEDGED -> Optional.of(PathMemory.SynData.STRIPPED);
            case SYN_LOST -> Optional.of(PathMemory.SynData.LOST);
        };
    }
}
