package net.hybridgateway.netlink.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares our offsets with the C headers of this machine, where there is a compiler. */
class StructLayoutTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> structs() {
        return Stream.of(
                Arguments.of("linux/tcp.h", "struct tcp_info", "tcpi_", tcpInfo()),
                Arguments.of("linux/mptcp.h", "struct mptcp_info", "mptcpi_", mptcpInfo()),
                Arguments.of("linux/mptcp.h", "struct mptcp_info", "mptcpi_", laterMptcpInfo()));
    }

    private static Map<String, Integer> tcpInfo() {
        return Map.ofEntries(
                Map.entry("state", TcpInfo.STATE),
                Map.entry("retransmits", TcpInfo.RETRANSMITS),
                Map.entry("backoff", TcpInfo.BACKOFF),
                Map.entry("options", TcpInfo.OPTIONS),
                Map.entry("rto", TcpInfo.RTO),
                Map.entry("snd_mss", TcpInfo.SND_MSS),
                Map.entry("rcv_mss", TcpInfo.RCV_MSS),
                Map.entry("unacked", TcpInfo.UNACKED),
                Map.entry("lost", TcpInfo.LOST),
                Map.entry("last_data_sent", TcpInfo.LAST_DATA_SENT),
                Map.entry("last_data_recv", TcpInfo.LAST_DATA_RECV),
                Map.entry("last_ack_recv", TcpInfo.LAST_ACK_RECV),
                Map.entry("pmtu", TcpInfo.PMTU),
                Map.entry("rtt", TcpInfo.RTT),
                Map.entry("rttvar", TcpInfo.RTTVAR),
                Map.entry("snd_cwnd", TcpInfo.SND_CWND),
                Map.entry("rcv_rtt", TcpInfo.RCV_RTT),
                Map.entry("total_retrans", TcpInfo.TOTAL_RETRANS),
                Map.entry("pacing_rate", TcpInfo.PACING_RATE),
                Map.entry("bytes_acked", TcpInfo.BYTES_ACKED),
                Map.entry("bytes_received", TcpInfo.BYTES_RECEIVED),
                Map.entry("segs_out", TcpInfo.SEGS_OUT),
                Map.entry("segs_in", TcpInfo.SEGS_IN),
                Map.entry("notsent_bytes", TcpInfo.NOTSENT_BYTES),
                Map.entry("min_rtt", TcpInfo.MIN_RTT),
                Map.entry("delivery_rate", TcpInfo.DELIVERY_RATE),
                Map.entry("busy_time", TcpInfo.BUSY_TIME),
                Map.entry("rwnd_limited", TcpInfo.RWND_LIMITED),
                Map.entry("sndbuf_limited", TcpInfo.SNDBUF_LIMITED),
                Map.entry("delivered", TcpInfo.DELIVERED),
                Map.entry("bytes_sent", TcpInfo.BYTES_SENT),
                Map.entry("bytes_retrans", TcpInfo.BYTES_RETRANS),
                Map.entry("snd_wnd", TcpInfo.SND_WND));
    }

    private static Map<String, Integer> mptcpInfo() {
        return Map.of(
                "subflows", MptcpInfo.SUBFLOWS,
                "add_addr_signal", MptcpInfo.ADD_ADDR_SIGNAL,
                "add_addr_accepted", MptcpInfo.ADD_ADDR_ACCEPTED,
                "subflows_max", MptcpInfo.SUBFLOWS_MAX,
                "flags", MptcpInfo.FLAGS,
                "token", MptcpInfo.TOKEN,
                "write_seq", MptcpInfo.WRITE_SEQ,
                "snd_una", MptcpInfo.SND_UNA,
                "rcv_nxt", MptcpInfo.RCV_NXT,
                "csum_enabled", MptcpInfo.CSUM_ENABLED);
    }

    /** Fields that the headers of Linux 6.9 have, and those of 6.1 don't. */
    private static Map<String, Integer> laterMptcpInfo() {
        return Map.of(
                "retransmits", MptcpInfo.RETRANSMITS,
                "bytes_retrans", MptcpInfo.BYTES_RETRANS,
                "bytes_sent", MptcpInfo.BYTES_SENT,
                "bytes_received", MptcpInfo.BYTES_RECEIVED,
                "bytes_acked", MptcpInfo.BYTES_ACKED,
                "subflows_total", MptcpInfo.SUBFLOWS_TOTAL,
                "last_data_sent", MptcpInfo.LAST_DATA_SENT,
                "last_data_recv", MptcpInfo.LAST_DATA_RECV,
                "last_ack_recv", MptcpInfo.LAST_ACK_RECV);
    }

    @ParameterizedTest
    @MethodSource("structs")
    void offsetsAreThoseOfTheHeader(String header, String struct, String prefix, Map<String, Integer> offsets)
            throws Exception {
        String program = offsets.keySet().stream()
                .sorted()
                .map(field -> "printf(\"" + field + " %zu\\n\", offsetof(" + struct + ", " + prefix + field + "));\n")
                .collect(Collectors.joining("", "", ""));
        String expected = offsets.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        assertEquals(expected, outputOf(header, program));
    }

    @Test
    void theEndsOfASubflowAreTwoTimesASockaddrStorage() throws Exception {
        String program = """
                printf("%zu ", sizeof(struct mptcp_subflow_addrs));
                printf("%zu\\n", sizeof(struct mptcp_subflow_data));
                """;
        assertEquals(SubflowAddresses.LENGTH + " 16\n", outputOf("linux/mptcp.h", program));
    }

    private String outputOf(String header, String statements) throws IOException, InterruptedException {
        Path source = folder.resolve("layout.c");
        Path binary = folder.resolve("layout");
        Files.writeString(source, """
                #include <stddef.h>
                #include <stdio.h>
                #include <%s>
                int main(void) {
                %s
                return 0;
                }
                """.formatted(header, statements));
        String complaint = run("gcc", "-o", binary.toString(), source.toString());
        if (complaint.contains("has no member") || complaint.contains("No such file")) {
            abort("the headers here are older than the fields: " + complaint);
        }
        assertEquals("", complaint);
        return run(binary.toString());
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return abort("no C compiler: " + e.getMessage());
        }
        return Files.readString(output);
    }
}
