package net.hybridgateway.mgmt.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.hybridgateway.mgmt.report.ReportFacts;
import net.hybridgateway.mgmt.report.ReportSource;
import net.hybridgateway.mgmt.status.ConnectionList;
import net.hybridgateway.mgmt.status.EventReport;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.StatusSamples;
import net.hybridgateway.mgmt.status.StatusSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportCommandsTest {
    private static final StatusSource STATUS = new StatusSource() {
        @Override
        public GatewayStatus status() {
            return StatusSamples.duringABreak();
        }

        @Override
        public ConnectionList connections(int most) {
            return StatusSamples.connections();
        }

        @Override
        public EventReport events() {
            return StatusSamples.events();
        }
    };

    /** Each is planted where something could leak, and is to be nowhere. */
    private static final List<String> CANARIES =
            List.of("canary-mqtt", "canary-option", "canary-log", "canary-url", "canary-session");

    private final ControlCommand leakySettings = new ControlCommand("settings", Set.of(), arguments -> {
        JsonObject options = new JsonObject();
        options.put("password", "canary-option");
        options.put("server", "mqtts://me:canary-url@broker.example.net");
        options.put("lan", "192.168.1.1");
        return new CommandResult(options, () -> "");
    });

    private final ControlCommands commands = new ControlCommands(ReportCommands.of(
            Stream.concat(Stream.of(leakySettings), StatusCommands.of(STATUS).stream())
                    .toList(),
            new ReportSource() {
                @Override
                public ReportFacts facts() {
                    return new ReportFacts(
                            "0.1.0",
                            Instant.parse("2026-11-21T05:10:31Z"),
                            Map.of("kernel", "6.12.0"),
                            Map.of("net.mptcp.enabled", "1"),
                            Map.of("MPTcpExtMPJoinSynTx", 7L),
                            List.of(
                                    "WARN: refused canary-mqtt of 192.168.1.20",
                                    "INFO: password: canary-log",
                                    "DEBUG: Cookie: session=canary-session"));
                }

                @Override
                public Set<String> secrets() {
                    return Set.of("canary-mqtt");
                }
            }));

    @Test
    void hasAllPartsAndNoSecret() {
        String report = commands.answer("{\"command\":\"report\"}");

        assertTrue(
                report.startsWith("{\"ok\":true,\"result\":{\"report\":1,\"version\":\"0.1.0\","
                        + "\"at\":\"2026-11-21T05:10:31Z\",\"machine\":{\"kernel\":\"6.12.0\"},\"settings\":{"),
                report);
        for (String part : List.of("status", "events", "connections", "sysctls", "counters", "log")) {
            assertTrue(report.contains("\"" + part + "\":"), part);
        }
        CANARIES.forEach(canary -> assertFalse(report.contains(canary), () -> canary + " in " + report));
        assertTrue(report.contains("\"WARN: refused *** of 192.168.x.x#"), report);
    }

    @Test
    void shortensTheAddressesOfTheHouseAndOfServersUnlessAskedForThem() {
        String report = commands.answer("{\"command\":\"report\"}");
        assertFalse(report.contains("192.168.1.20"), report);
        assertFalse(report.contains("203.0.113.80"), report);
        assertTrue(report.contains("\"client\":\"192.168.x.x#"), report);
        // What the owner wrote stays.
        assertTrue(report.contains("\"lan\":\"192.168.1.1\""), report);

        String full = commands.answer("{\"command\":\"report\",\"addresses\":true}");
        assertTrue(full.contains("\"client\":\"192.168.1.20:50312\""), full);
        CANARIES.forEach(canary -> assertFalse(full.contains(canary), () -> canary + " in " + full));
    }

    @Test
    void tellsWhatAPartCannotTell() {
        ControlCommand broken = new ControlCommand("settings", Set.of(), arguments -> {
            throw new CommandException("the file cannot be read");
        });
        ReportSource source = new ReportSource() {
            @Override
            public ReportFacts facts() {
                return new ReportFacts("0", Instant.EPOCH, Map.of(), Map.of(), Map.of(), List.of());
            }

            @Override
            public Set<String> secrets() {
                return Set.of();
            }
        };
        assertEquals(
                "{\"ok\":true,\"result\":{\"report\":1,\"version\":\"0\",\"at\":\"1970-01-01T00:00:00Z\","
                        + "\"machine\":{},\"settings\":{\"error\":\"the file cannot be read\"},"
                        + "\"sysctls\":{},\"counters\":{},\"log\":[]}}",
                new ControlCommands(ReportCommands.of(List.of(broken), source)).answer("{\"command\":\"report\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"addresses\":\"yes\" | argument 'addresses' must be true or false",
                "\"addresses\":1       | argument 'addresses' must be true or false",
                "\"secrets\":true      | command 'report' takes no argument 'secrets'",
            })
    void refusesAnythingElse(String arguments, String message) {
        assertEquals(
                "{\"ok\":false,\"error\":\"" + message + "\"}",
                commands.answer("{\"command\":\"report\"," + arguments + "}"));
    }
}
