package net.hybridgateway.app.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.hybridgateway.app.upstream.HandshakeLesson;
import net.hybridgateway.app.upstream.PathHandshake;
import net.hybridgateway.app.upstream.PathMemory;
import net.hybridgateway.mgmt.status.ProbeFacts.Answer;
import net.hybridgateway.mgmt.status.ProbeFacts.Handshake;
import net.hybridgateway.mgmt.status.ProbeFacts.SynData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HandshakeJudgeTest {
    @ParameterizedTest
    @CsvSource({
        "KEPT,             NOT_TRIED, NOT_ASKED,        FAST_OPEN,      ACCEPTED, true",
        "COSTS_MULTIPATH,  MULTIPATH, NOT_ASKED,        MULTIPATH,      ACCEPTED, true",
        "NOT_ACKNOWLEDGED, MULTIPATH, NOT_ASKED,        MULTIPATH,      STRIPPED, true",
        "SYN_LOST,         MULTIPATH, NOT_ASKED,        MULTIPATH,      LOST,     true",
        "NOT_TRIED,        MULTIPATH, NOT_ASKED,        MULTIPATH,      ,         true",
        "COSTS_MULTIPATH,  PLAIN,     NOT_ASKED,        ANSWERED_PLAIN, ACCEPTED, false",
        "SYN_LOST,         PLAIN,     NOT_ASKED,        ANSWERED_PLAIN, LOST,     false",
        "COSTS_MULTIPATH,  FELL_BACK, NOT_ASKED,        PLAIN_ONLY,     ACCEPTED, false",
        "KEPT,             NO_ANSWER, CONVERTS,         PLAIN_ONLY,     ACCEPTED, false",
        "SYN_LOST,         NO_ANSWER, SILENT,           PLAIN_ONLY,     LOST,     false",
        "KEPT,             NO_ANSWER, SPEAKS_OTHERWISE, PLAIN_ONLY,     ACCEPTED, false",
    })
    void tellsHowMuchOfTheHandshakeGetsThrough(
            SynData synData,
            Handshake handshake,
            Answer answer,
            PathHandshake expected,
            PathMemory.SynData seen,
            boolean optionsKept) {
        assertEquals(
                Optional.of(new HandshakeLesson(expected, Optional.ofNullable(seen), optionsKept)),
                HandshakeJudge.judge(synData, handshake, answer, true));
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_ASKED", "REFUSED", "NO_ANSWER", "NO_WAY"})
    void learnsNothingWhereNothingIsAnswered(Answer answer) {
        assertEquals(Optional.empty(), HandshakeJudge.judge(SynData.SYN_LOST, Handshake.NO_ANSWER, answer, false));
    }

    @Test
    void doesNotTakeSilenceBehindTheHandshakeForOptionsThatWereKept() {
        assertEquals(
                Optional.of(
                        new HandshakeLesson(PathHandshake.FAST_OPEN, Optional.of(PathMemory.SynData.ACCEPTED), false)),
                HandshakeJudge.judge(SynData.KEPT, Handshake.NOT_TRIED, Answer.NOT_ASKED, false));
    }
}
