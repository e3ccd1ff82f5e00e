package net.hybridgateway.mgmt.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.grack.nanojson.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkState;
import net.hybridgateway.scheduler.UplinkUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusJsonTest {
    @Test
    void writesTheStatusDocument() {
        assertEquals("""
                {
                  "version":"0.1.0",
                  "uptimeSeconds":11040,
                  "mode":"backup",
                  "uplinks":[{
                      "name":"fixed",
                      "kind":"fixed",
                      "device":"wan0",
                      "state":"offline",
                      "use":"always",
                      "reason":"The uplink lost its carrier.",
                      "addresses":[],
                      "bytesIn":1234567890,
                      "bytesOut":45600000,
                      "subflows":0
                    },{
                      "name":"cellular",
                      "kind":"cellular",
                      "device":"wwan0",
                      "state":"online",
                      "use":"on-demand",
                      "addresses":["10.64.3.9","2001:db8::1:0:0:7"],
                      "rttMillis":48.3,
                      "bytesIn":7340032,
                      "bytesOut":999,
                      "subflows":2
                    }],
                  "conversionPoints":[{
                      "name":"operator",
                      "address":"mcp.example.net",
                      "port":7000,
                      "origin":"configuration",
                      "state":"up",
                      "mptcp":true
                    }],
                  "connections":{
                    "active":3,
                    "bonded":2,
                    "direct":1,
                    "total":57,
                    "buffers":4
                  },
                  "breaks":[{
                      "uplink":"fixed",
                      "reason":"The uplink lost its carrier.",
                      "detectMillis":4,
                      "gapMillis":310,
                      "kept":2,
                      "lost":1,
                      "bytesOnBackup":7341031
                    }],
                  "health":[{
                      "code":"on-backup",
                      "severity":"warning",
                      "text":"No preferred uplink works: traffic goes over cellular, which may cost money for every byte."
                    }]
                }""".replaceAll("\n *", ""), JsonWriter.string(StatusJson.of(StatusSamples.duringABreak())));
    }

    @Test
    void writesTheConnections() {
        assertEquals("""
                {"connections":[
                  {
                    "client":"192.168.1.20:50312",
                    "destination":"203.0.113.80:443",
                    "conversionPoint":"operator",
                    "direct":false,
                    "paths":[{"uplink":"fixed","backup":false},{"uplink":"cellular","backup":true}],
                    "bytesIn":5000000,
                    "bytesOut":12000,
                    "ageSeconds":95,
                    "mptcp":true,
                    "handshake":"0-rtt"
                  },{
                    "client":"[2001:db8:1::20]:50313",
                    "destination":"[2001:db8:ffff::80]:22",
                    "direct":true,
                    "paths":[{"uplink":"fixed","backup":false}],
                    "bytesIn":100,
                    "bytesOut":200,
                    "ageSeconds":3,
                    "mptcp":false
                  }
                ]}""".replaceAll("\n *", ""), JsonWriter.string(StatusJson.of(StatusSamples.connections())));
    }

    @Test
    void spellsTheWordsOfAllConstantsInLowerCase() {
        for (Enum<?>[] constants : List.<Enum<?>[]>of(
                GatewayMode.values(),
                Severity.values(),
                UplinkState.values(),
                UplinkUse.values(),
                ConversionPointStatus.Origin.values(),
                ConversionPointStatus.State.values())) {
            for (Enum<?> constant : constants) {
                assertFalse(Words.of(constant).matches(".*[A-Z_].*"), constant.toString());
            }
        }
        assertEquals("hold-down", Words.of(UplinkState.HOLD_DOWN));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
    void refusesWhatJsonCanNotSay(double rttMillis) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new UplinkStatus(
                        "a",
                        UplinkKind.FIXED,
                        "b",
                        UplinkState.ONLINE,
                        UplinkUse.ALWAYS,
                        Optional.empty(),
                        List.of(),
                        OptionalDouble.of(rttMillis),
                        0,
                        0,
                        0));
    }
}
