package net.hybridgateway.app.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelCountersTest {
    @Test
    void tellsWhatIsOfInterestAndNotZero() {
        assertEquals(
                Map.of("TcpExtTCPFastOpenActive", 3L, "MPTcpExtMPJoinSynTx", 7L),
                KernelCounters.parse(List.of(
                        "TcpExt: SyncookiesSent TCPFastOpenActive TCPFastOpenPassive",
                        "TcpExt: 9 3 0",
                        "MPTcpExt: MPCapableSYNRX MPJoinSynTx",
                        "MPTcpExt: 0 7")));
    }

    @Test
    void leavesOutWhatHasAnotherForm() {
        assertEquals(Map.of(), KernelCounters.parse(List.of()));
        assertEquals(Map.of(), KernelCounters.parse(List.of("MPTcpExt: A B", "MPTcpExt: 1", "MPTcpExt: C")));
        assertEquals(Map.of(), KernelCounters.parse(List.of("MPTcpExt: A", "TcpExt: 1")));
        assertEquals(
                Map.of("MPTcpExtB", 2L),
                KernelCounters.parse(List.of("MPTcpExt: A B", "MPTcpExt: 1234567890123456789 2")));
    }
}
