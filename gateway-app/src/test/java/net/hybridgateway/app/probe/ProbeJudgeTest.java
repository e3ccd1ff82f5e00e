package net.hybridgateway.app.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import net.hybridgateway.mgmt.status.ProbeFacts;
import net.hybridgateway.mgmt.status.ProbeFacts.Answer;
import net.hybridgateway.mgmt.status.ProbeFacts.Handshake;
import net.hybridgateway.mgmt.status.ProbeFacts.Join;
import net.hybridgateway.mgmt.status.ProbeFacts.OptionAtPeer;
import net.hybridgateway.mgmt.status.ProbeFacts.SynData;
import net.hybridgateway.mgmt.status.ProbeVerdict;
import net.hybridgateway.mgmt.status.ProbeVerdict.LooksLike;
import net.hybridgateway.mgmt.status.ProbeVerdict.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeJudgeTest {
    private static final ProbeFacts CLEAN =
            new ProbeFacts(Answer.CONVERTS, Handshake.MULTIPATH, SynData.KEPT, Join.JOINED, OptionAtPeer.NOT_TRIED);
    private static final ProbeFacts PLAIN =
            new ProbeFacts(Answer.CONVERTS, Handshake.PLAIN, SynData.KEPT, Join.NOT_TRIED, OptionAtPeer.NOT_TRIED);

    @ParameterizedTest
    @CsvSource({
        "NOT_ASKED, NOT_ASKED, ''",
        "CONVERTS, WELL, ''",
        "SILENT, WELL, ''",
        "SPEAKS_OTHERWISE, UNUSABLE, NOT_A_CONVERSION_POINT",
        "REFUSED, UNUSABLE, UNREACHABLE",
        "NO_ANSWER, UNUSABLE, UNREACHABLE",
        "NO_WAY, UNUSABLE, UNREACHABLE"
    })
    void asksFirstWhetherAConversionPointIsThere(Answer answer, Result result, String looksLike) {
        assertVerdict(result, looksLike, judge(CLEAN.with(answer)));
    }

    @ParameterizedTest
    @CsvSource({
        "MULTIPATH, NOT_TRIED, WELL,     ''",
        "FELL_BACK, NOT_TRIED, HINDERED, OPTION_STRIPPED_FROM_DATA",
        "NO_ANSWER, NOT_TRIED, UNUSABLE, OPTION_SYN_DROPPED",
        "PLAIN,     NOT_TRIED, HINDERED, OPTION_STRIPPED_FROM_HANDSHAKE",
        "PLAIN,     UNCLEAR,   HINDERED, OPTION_STRIPPED_FROM_HANDSHAKE",
        "PLAIN,     SEEN,      HINDERED, OPTION_STRIPPED_FROM_SYN_ACK",
        "PLAIN,     NOT_SEEN,  HINDERED, OPTION_STRIPPED_FROM_SYN"
    })
    void tellsWhereTheOptionIsLost(Handshake handshake, OptionAtPeer seen, Result result, String looksLike) {
        assertVerdict(result, looksLike, judge(CLEAN.with(handshake).with(seen)));
    }

    @ParameterizedTest
    @CsvSource({
        "KEPT,             WELL,     ''",
        "NOT_TRIED,        WELL,     ''",
        "COSTS_MULTIPATH,  HINDERED, SYN_DATA_COSTS_MULTIPATH",
        "NOT_ACKNOWLEDGED, HINDERED, SYN_DATA_NOT_TAKEN",
        "SYN_LOST,         HINDERED, SYN_DATA_DROPPED"
    })
    void tellsWhatBecomesOfDataInTheSyn(SynData synData, Result result, String looksLike) {
        assertVerdict(result, looksLike, judge(CLEAN.with(synData)));
    }

    @ParameterizedTest
    @CsvSource({
        "JOINED,          NOT_TRIED, WELL,     ''",
        "NOT_TRIED,       NOT_TRIED, WELL,     ''",
        "NOT_WANTED_HERE, NOT_TRIED, WELL,     ''",
        "NO_ANSWER,       NOT_TRIED, HINDERED, JOIN_DROPPED",
        "REFUSED,         NOT_TRIED, HINDERED, JOIN_STRIPPED",
        "REFUSED,         UNCLEAR,   HINDERED, JOIN_STRIPPED",
        "REFUSED,         SEEN,      HINDERED, JOIN_STRIPPED_FROM_SYN_ACK",
        "REFUSED,         NOT_SEEN,  HINDERED, JOIN_STRIPPED_FROM_SYN"
    })
    void tellsWhatBecomesOfJoins(Join join, OptionAtPeer seen, Result result, String looksLike) {
        assertVerdict(result, looksLike, judge(CLEAN.with(join).with(seen)));
    }

    @Test
    void namesAllThatIsInTheWay() {
        assertVerdict(
                Result.HINDERED,
                "SYN_DATA_DROPPED JOIN_DROPPED",
                judge(CLEAN.with(SynData.SYN_LOST).with(Join.NO_ANSWER)));
    }

    @Test
    void blamesTheLineForWhatTheConversionPointDoesOverAnother() {
        ProbeJudge.Elsewhere well = ProbeJudge.Elsewhere.of(List.of(ProbeFacts.NONE, CLEAN));

        assertVerdict(
                Result.HINDERED, "SYN_DATA_STRIPPED", ProbeJudge.judge(CLEAN.with(SynData.NOT_ACKNOWLEDGED), well));
        assertVerdict(Result.HINDERED, "OPTION_STRIPPED_FROM_HANDSHAKE", ProbeJudge.judge(PLAIN, well));
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"REFUSED", "NO_ANSWER", "NO_WAY"})
    void doesNotTakeAConversionPointForDeadThatAnswersOverAnotherUplink(Answer answer) {
        ProbeFacts facts = ProbeFacts.NONE.with(answer);
        assertVerdict(
                Result.UNUSABLE, "UNREACHABLE_HERE", ProbeJudge.judge(facts, ProbeJudge.Elsewhere.of(List.of(CLEAN))));
        assertVerdict(Result.UNUSABLE, "UNREACHABLE", ProbeJudge.judge(facts, ProbeJudge.Elsewhere.of(List.of(facts))));
    }

    @ParameterizedTest
    @CsvSource({"NOT_TRIED", "NOT_SEEN"})
    void blamesTheConversionPointForWhatIsTheSameOverEveryUplink(OptionAtPeer seen) {
        assertVerdict(
                Result.HINDERED,
                "NO_MULTIPATH_AT_CONVERSION_POINT",
                ProbeJudge.judge(PLAIN.with(seen), ProbeJudge.Elsewhere.of(List.of(PLAIN))));
    }

    @Test
    void doesNotBlameAConversionPointThatSawTheOption() {
        assertVerdict(
                Result.HINDERED,
                "OPTION_STRIPPED_FROM_SYN_ACK",
                ProbeJudge.judge(PLAIN.with(OptionAtPeer.SEEN), ProbeJudge.Elsewhere.of(List.of(PLAIN))));
    }

    @Test
    void learnsNothingFromUplinksThatGotNoAnswer() {
        ProbeFacts dead = ProbeFacts.NONE.with(Answer.NO_ANSWER);
        assertVerdict(
                Result.HINDERED,
                "OPTION_STRIPPED_FROM_HANDSHAKE",
                ProbeJudge.judge(PLAIN, ProbeJudge.Elsewhere.of(List.of(dead))));
    }

    @Test
    void saysAllItKnowsInWholeSentences() {
        for (Handshake handshake : Handshake.values()) {
            for (SynData synData : SynData.values()) {
                for (Join join : Join.values()) {
                    for (OptionAtPeer seen : OptionAtPeer.values()) {
                        ProbeVerdict verdict = judge(new ProbeFacts(Answer.CONVERTS, handshake, synData, join, seen));
                        assertEquals(3, verdict.sentences().size(), verdict::toString);
                        assertTrue(verdict.sentences().stream().allMatch(it -> it.endsWith(".")), verdict::toString);
                    }
                }
            }
        }
    }

    private static ProbeVerdict judge(ProbeFacts facts) {
        return ProbeJudge.judge(facts, ProbeJudge.Elsewhere.UNKNOWN);
    }

    private static void assertVerdict(Result result, String looksLike, ProbeVerdict verdict) {
        assertEquals(result, verdict.result(), verdict::toString);
        assertEquals(
                looksLike,
                verdict.looksLike().stream().map(LooksLike::name).collect(Collectors.joining(" ")),
                verdict::toString);
    }
}
