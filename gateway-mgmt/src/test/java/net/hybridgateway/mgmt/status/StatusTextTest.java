package net.hybridgateway.mgmt.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkState;
import net.hybridgateway.scheduler.UplinkUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
    @Test
    void writesTheStatus() {
        assertEquals("""
                hybrid-gateway 0.1.0, up 3h4m, mode backup
                connections: 4 active (2 bonded, 1 direct), 57 in all
                  1 bypass the conversion point, for their servers speak Multipath TCP
                  warning uplink-down (3m20s): Uplink fixed is down. The uplink lost its
                    carrier. Look at its cable, its modem or its SIM.

                UPLINK    KIND      DEVICE  STATE    USE        RTT ms  SUBFLOWS    IN  OUT
                fixed     fixed     wan0    offline  always          -         0  1.2G  46M
                cellular  cellular  wwan0   online   on-demand    48.3         2  7.3M  999
                  fixed: no address; The uplink lost its carrier.
                  cellular: 10.64.3.9 2001:db8::1:0:0:7; Suspected: no answer for 120 ms, asking
                    the conversion point. Quota: 8.4G of 10G used, soft tier, until
                    2026-12-01T00:00:00Z. Drill 1d1h ago: worked, 4.1k bytes, 95 ms to join, 180
                    ms to an answer.

                CONVERSION POINT  ADDRESS          PORT  ORIGIN         STATE  MPTCP  FAST OPEN
                operator          mcp.example.net  7000  configuration  up     yes    -
                  operator (mcp.example.net) over fixed: down for 12 s. It does not answer.
                  operator (mcp.example.net) over cellular: up for 40 s. mptcp yes (3 s ago),
                    syn-data stripped (7 s ago)

                BREAK  REASON                        DETECTED     GAP  KEPT  LOST  BACKUP    AGO
                fixed  The uplink lost its carrier.      4 ms  310 ms     2     1    7.3M  3m20s
                """, StatusText.of(StatusSamples.duringABreak()));
    }

    @Test
    void writesTheConnections() {
        assertEquals("""
                192.168.1.20:50312 -> 203.0.113.80:443
                  via operator, MPTCP 0-rtt, fixed (cellular), in 5.0M, out 12k, age 1m35s
                  fixed: established, in 5.0M out 11k since it joined. The connection began on
                    it.
                  cellular: joining, backup, failed attempts: 2. No preferred uplink carries the
                    connection.
                  Rule voip: only while no other uplink works, on cellular.
                [2001:db8:1::20]:50313 -> [2001:db8:ffff::80]:22
                  direct, TCP, fixed, in 100, out 200, age 3s
                192.168.1.20:50314 -> 203.0.113.81:443
                  bypass, MPTCP, fixed cellular, in 300, out 400, age 4s
                """, ConnectionText.of(StatusSamples.connections()));
        assertEquals("no connections\n", ConnectionText.of(new ConnectionList(List.of(), 0)));
    }

    @Test
    void saysHowManyConnectionsItLeftOut() {
        List<ConnectionStatus> one = StatusSamples.connections().connections().subList(1, 2);
        assertEquals("""
                [2001:db8:1::20]:50313 -> [2001:db8:ffff::80]:22
                  direct, TCP, fixed, in 100, out 200, age 3s
                and 9999 more; --limit shows them
                """, ConnectionText.of(new ConnectionList(one, 10_000)));
    }

    @Test
    void writesTheEvents() {
        assertEquals("""
                2026-11-21T05:07:11Z, 3m20s ago: break of fixed
                  The uplink lost its carrier.
                  noticed after 4 ms, longest gap 310 ms, busy connections: 2 kept, 1 lost, 7.3M
                    bytes on other uplinks, drained 15.1 s after the return
                2026-11-21T05:07:18Z, 3m13s ago: hold down of fixed
                  It is back, and watched for 10 s before it is trusted, for it broke 2 times of
                    late.
                2026-11-21T05:09:00Z, 1m31s ago: conversion point of fixed (2 times)
                  203.0.113.1:7000: The conversion point does not answer over this uplink, while
                    others do.
                cellular: 1 suspicion of silence dismissed since the start
                fixed: 7 suspicions of silence dismissed since the start
                """, EventText.of(StatusSamples.events()));
        assertEquals("no events\n", EventText.of(EventReport.of("start", List.of(), Map.of())));
    }

    @Test
    void fitsEightyColumnsWithTheLongestValues() {
        String longName = "a_name_of_an_uplink_that_nobody_would_ever_type";
        UplinkStatus uplink = new UplinkStatus(
                longName,
                UplinkKind.CELLULAR,
                "123456789012345",
                UplinkState.HOLD_DOWN,
                UplinkUse.ON_DEMAND,
                Optional.of("The uplink came back and is watched for a while before it is trusted."),
                List.of(StatusSamples.address("2001:db8:1111:2222:3333:4444:5555:6666")),
                OptionalDouble.of(12345.6),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                1_000_000,
                OptionalLong.of(300_000),
                OptionalLong.of(1_000_000),
                Optional.of(new QuotaStatus(
                        Long.MAX_VALUE, Long.MAX_VALUE, Optional.of(Instant.MAX), QuotaStatus.Tier.HARD)));
        GatewayStatus status = new GatewayStatus(
                "0.1.0-SNAPSHOT",
                Integer.MAX_VALUE,
                GatewayMode.DISABLED,
                List.of(uplink, uplink),
                List.of(new ConversionPointStatus(
                        longName,
                        "a-long-name.of-the-conversion-point.of-some-operator.example.net",
                        65535,
                        ConversionPointStatus.Origin.CONFIGURATION,
                        ConversionPointStatus.State.UNKNOWN,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(false),
                        List.of())),
                new ConnectionTotals(65536, 65536, 65536, 65536, 1_000_000_000L, 131072),
                List.of(new BreakStatus(
                        longName,
                        "The uplink came back and is watched for a while before it is trusted.",
                        1_000_000,
                        OptionalLong.of(1_000_000),
                        65536,
                        65536,
                        Long.MAX_VALUE,
                        Instant.EPOCH,
                        Integer.MAX_VALUE,
                        OptionalLong.of(Integer.MAX_VALUE))),
                List.of());

        assertFits(StatusText.of(status));
        assertFits(StatusText.of(StatusSamples.duringABreak()));
        assertFits(ConnectionText.of(StatusSamples.connections()));
        assertFits(EventText.of(StatusSamples.events()));
    }

    private static void assertFits(String text) {
        text.lines().forEach(line -> assertTrue(line.length() <= TextTable.WIDTH, line));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "999,999",
        "1000,1.0k",
        "9949,9.9k",
        "9950,10k",
        "999499,999k",
        "999500,1.0M",
        "34000000,34M",
        "5600000000,5.6G",
        "9223372036854775807,9.2E"
    })
    void shortensNumbersOfBytes(long bytes, String text) {
        assertEquals(text, StatusText.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "59,59s", "60,1m0s", "3599,59m59s", "3600,1h0m", "86399,23h59m", "86400,1d0h", "1047600,12d3h"})
    void shortensDurations(long seconds, String text) {
        assertEquals(text, StatusText.duration(seconds));
    }

    /** RFC 5952 §4. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,192.0.2.7",
        "::,::",
        "::1,::1",
        "1::,1::",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "2001:DB8::00aB,2001:db8::ab"
    })
    void writesAddressesInTheirOneForm(String address, String text) {
        assertEquals(text, Words.of(StatusSamples.address(address)));
    }
}
