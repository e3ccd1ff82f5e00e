package net.hybridgateway.mgmt.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.grack.nanojson.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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
                      "subflows":2,
                      "suspectMillis":120,
                      "quota":{
                        "limitBytes":10000000000,
                        "usedBytes":8400000000,
                        "periodEnd":"2026-12-01T00:00:00Z",
                        "tier":"soft"
                      }
                    }],
                  "conversionPoints":[{
                      "name":"operator",
                      "address":"mcp.example.net",
                      "port":7000,
                      "origin":"configuration",
                      "state":"up",
                      "stateSeconds":40,
                      "mptcp":true,
                      "paths":[{
                          "uplink":"fixed",
                          "state":"down",
                          "stateSeconds":12,
                          "reason":"It does not answer.",
                          "known":[]
                        },{
                          "uplink":"cellular",
                          "state":"up",
                          "stateSeconds":40,
                          "known":[
                            {"what":"mptcp","value":"yes","ageSeconds":3},
                            {"what":"syn-data","value":"stripped","ageSeconds":7}
                          ]
                        }]
                    }],
                  "connections":{
                    "active":4,
                    "bonded":2,
                    "bypass":1,
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
                      "bytesOnBackup":7341031,
                      "at":"2026-11-21T05:07:11Z",
                      "agoSeconds":200,
                      "drainMillis":15104
                    }],
                  "drills":[{
                      "uplink":"cellular",
                      "at":"2026-11-20T03:41:07Z",
                      "agoSeconds":91000,
                      "result":"worked",
                      "bytes":4100,
                      "joinMillis":95,
                      "answerMillis":180,
                      "text":"A connection from fixed went on over it."
                    },{
                      "uplink":"cellular",
                      "at":"2026-11-20T03:41:07Z",
                      "agoSeconds":91000,
                      "result":"failed",
                      "bytes":4100,
                      "text":"A join over it gets no answer."
                    }],
                  "nextDrill":"2026-11-22T03:41:07Z",
                  "health":[{
                      "code":"uplink-down",
                      "severity":"warning",
                      "impactsConnectivity":false,
                      "subject":"fixed",
                      "text":"Uplink fixed is down. The uplink lost its carrier.",
                      "action":"Look at its cable, its modem or its SIM.",
                      "since":"2026-11-21T05:07:11Z",
                      "sinceSeconds":200
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
                    "bypass":false,
                    "paths":[{"uplink":"fixed","backup":false},{"uplink":"cellular","backup":true}],
                    "bytesIn":5000000,
                    "bytesOut":12000,
                    "ageSeconds":95,
                    "mptcp":true,
                    "handshake":"0-rtt",
                    "subflows":[{
                        "uplink":"fixed",
                        "state":"established",
                        "backup":false,
                        "bytesIn":4990000,
                        "bytesOut":11000,
                        "failures":0,
                        "why":"The connection began on it."
                      },{
                        "uplink":"cellular",
                        "state":"joining",
                        "backup":true,
                        "failures":2,
                        "why":"No preferred uplink carries the connection."
                      }],
                    "notes":["Rule voip: only while no other uplink works, on cellular."]
                  },{
                    "client":"[2001:db8:1::20]:50313",
                    "destination":"[2001:db8:ffff::80]:22",
                    "direct":true,
                    "bypass":false,
                    "paths":[{"uplink":"fixed","backup":false}],
                    "bytesIn":100,
                    "bytesOut":200,
                    "ageSeconds":3,
                    "mptcp":false,
                    "subflows":[],
                    "notes":[]
                  },{
                    "client":"192.168.1.20:50314",
                    "destination":"203.0.113.81:443",
                    "direct":false,
                    "bypass":true,
                    "paths":[{"uplink":"fixed","backup":false},{"uplink":"cellular","backup":false}],
                    "bytesIn":300,
                    "bytesOut":400,
                    "ageSeconds":4,
                    "mptcp":true,
                    "subflows":[],
                    "notes":[]
                  }
                ],"active":3}""".replaceAll("\n *", ""), JsonWriter.string(StatusJson.of(StatusSamples.connections())));
    }

    @Test
    void writesTheEvents() {
        assertEquals("""
                {
                  "boot":"5d1e77",
                  "lastSequence":4,
                  "dropped":0,
                  "events":[{
                      "sequence":1,
                      "at":"2026-11-21T05:07:11Z",
                      "agoSeconds":200,
                      "uptimeSeconds":10840,
                      "kind":"break",
                      "uplink":"fixed",
                      "text":"The uplink lost its carrier.",
                      "times":1,
                      "break":{
                        "uplink":"fixed",
                        "reason":"The uplink lost its carrier.",
                        "detectMillis":4,
                        "gapMillis":310,
                        "kept":2,
                        "lost":1,
                        "bytesOnBackup":7341031,
                        "at":"2026-11-21T05:07:11Z",
                        "agoSeconds":200,
                        "drainMillis":15104
                      }
                    },{
                      "sequence":2,
                      "at":"2026-11-21T05:07:18Z",
                      "agoSeconds":193,
                      "uptimeSeconds":10847,
                      "kind":"hold-down",
                      "uplink":"fixed",
                      "text":"It is back, and watched for 10 s before it is trusted, for it broke 2 times of late.",
                      "times":1
                    },{
                      "sequence":4,
                      "at":"2026-11-21T05:09:00Z",
                      "agoSeconds":91,
                      "uptimeSeconds":10949,
                      "kind":"conversion-point",
                      "uplink":"fixed",
                      "text":"203.0.113.1:7000: The conversion point does not answer over this uplink, while others do.",
                      "times":2
                    }],
                  "dismissedSuspicions":{
                    "cellular":1,
                    "fixed":7
                  }
                }""".replaceAll("\n *", ""), JsonWriter.string(StatusJson.of(StatusSamples.events())));
    }

    @Test
    void spellsTheWordsOfAllConstantsInLowerCase() {
        for (Enum<?>[] constants : List.<Enum<?>[]>of(
                GatewayMode.values(),
                EventKind.values(),
                SubflowStatus.State.values(),
                QuotaStatus.Tier.values(),
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
                        0,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty()));
    }
}
