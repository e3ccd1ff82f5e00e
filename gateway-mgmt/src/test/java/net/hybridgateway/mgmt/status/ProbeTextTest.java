package net.hybridgateway.mgmt.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.mgmt.status.ProbeFacts.Answer;
import net.hybridgateway.mgmt.status.ProbeFacts.Join;
import net.hybridgateway.mgmt.status.ProbeVerdict.LooksLike;
import net.hybridgateway.mgmt.status.ProbeVerdict.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeTextTest {
    private static final ProbeReport HINDERED = new ProbeReport(
            3,
            true,
            Optional.empty(),
            List.of(new ProbedPath(
                    "fixed",
                    "operator",
                    point(),
                    ProbeFacts.NONE.with(Answer.CONVERTS).with(Join.NO_ANSWER),
                    new ProbeVerdict(
                            Result.HINDERED,
                            List.of(LooksLike.JOIN_DROPPED),
                            List.of("Joins: a SYN that joins a connection gets no answer.")),
                    12_340)));

    @Test
    void tellsOfEachWay() {
        assertEquals("""
                fixed -> operator, [2001:db8:7::7]:7000: hindered
                  Joins: a SYN that joins a connection gets no answer.
                  Looks like a firewall that drops SYNs that join a connection.
                  It took about 12k bytes.
                """, ProbeText.of(HINDERED));
    }

    @Test
    void saysWhyThereIsNothingToTell() {
        assertEquals("the probe goes on\n", ProbeText.of(ProbeReport.begun(1)));
        assertEquals(
                "the probe failed: no more descriptors\n",
                ProbeText.of(new ProbeReport(1, true, Optional.of("no more descriptors"), List.of())));
        assertEquals(
                "nothing to probe: no uplink, or no conversion point with a known address\n",
                ProbeText.of(new ProbeReport(1, true, Optional.empty(), List.of())));
    }

    @Test
    void hasAllFactsInJson() {
        assertEquals("""
                {"number":3,"finished":true,"well":false,"paths":[{"uplink":"fixed","conversionPoint":"operator",\
                "address":"2001:db8:7::7","port":7000,"result":"hindered","looksLike":["join-dropped"],\
                "answer":"converts","handshake":"not-tried","synData":"not-tried","join":"no-answer",\
                "optionAtPeer":"not-tried","text":["Joins: a SYN that joins a connection gets no answer."],\
                "bytes":12340}]}""", JsonWriter.string(ProbeText.json(HINDERED)));
    }

    @ParameterizedTest
    @CsvSource({
        "WELL, true",
        "WELL WELL, true",
        "WELL NOT_ASKED, true",
        "NOT_ASKED, false",
        "'', false",
        "WELL HINDERED, false",
        "UNUSABLE WELL, false"
    })
    void isWellIfSomethingWasAskedAndNothingIsInTheWay(String results, boolean well) {
        List<ProbedPath> paths = Arrays.stream(results.split(" "))
                .filter(result -> !result.isEmpty())
                .map(result -> new ProbedPath(
                        "fixed",
                        "operator",
                        point(),
                        ProbeFacts.NONE,
                        new ProbeVerdict(Result.valueOf(result), List.of(), List.of()),
                        0))
                .toList();
        assertEquals(well, new ProbeReport(1, true, Optional.empty(), paths).well());
        assertFalse(new ProbeReport(1, true, Optional.of("a failure"), paths).well());
        assertFalse(ProbeReport.begun(1).well());
    }

    @Test
    void hasNoPathsBeforeItIsFinished() {
        assertThrows(
                IllegalArgumentException.class, () -> new ProbeReport(1, false, Optional.empty(), HINDERED.paths()));
    }

    @ParameterizedTest
    @EnumSource
    void hasHalfASentenceForEachCause(LooksLike cause) {
        assertTrue(cause.words().matches("(a|an|the|another) .*[^.]"), cause.words());
    }

    private static InetSocketAddress point() {
        try {
            return new InetSocketAddress(InetAddress.getByName("2001:db8:7::7"), 7000);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
