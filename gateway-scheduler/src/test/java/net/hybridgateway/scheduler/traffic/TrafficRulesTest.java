package net.hybridgateway.scheduler.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.scheduler.TrafficRights;
import net.hybridgateway.scheduler.TrafficRights.Cellular;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficRulesTest {
    private static final String LAPTOP = "192.168.1.10";
    private static final String CONSOLE = "192.168.1.30";
    private static final String SERVER = "203.0.113.5";

    @Test
    void treatsWhatNoRuleTakesAsNormal() {
        TrafficRules rules = rules(rule("mail", List.of(new PortRange(25, 25)), RuleAction.FIXED_ONLY));

        assertEquals(TrafficVerdict.NORMAL, judge(rules, LAPTOP, SERVER, 443));
        assertEquals(TrafficVerdict.NORMAL, judge(TrafficRules.NONE, LAPTOP, SERVER, 25));
    }

    @Test
    void letsTheFirstRuleThatFitsDecide() {
        TrafficRules rules = rules(
                rule("updates", List.of(new PortRange(8000, 8099)), RuleAction.BACKUP_ONLY),
                rule("web", List.of(new PortRange(80, 80), new PortRange(8080, 8080)), RuleAction.EMERGENCY),
                rule("rest", List.of(), RuleAction.FIXED_ONLY));

        assertEquals(Optional.of("updates"), judge(rules, LAPTOP, SERVER, 8080).ruleName());
        assertEquals(Optional.of("web"), judge(rules, LAPTOP, SERVER, 80).ruleName());
        assertEquals(Optional.of("rest"), judge(rules, LAPTOP, SERVER, 7999).ruleName());
        assertEquals(Optional.of("rest"), judge(rules, LAPTOP, SERVER, 8100).ruleName());
    }

    @Test
    void takesAConnectionOnlyIfAllConditionsFitAndOneValueOfEach() {
        TrafficRules rules = rules(new TrafficRule(
                "games",
                List.of(new PortRange(3074, 3074), new PortRange(3076, 3078)),
                List.of(only(SERVER), only("2001:db8::5")),
                List.of(only(CONSOLE)),
                RuleAction.DIRECT));

        assertTrue(judge(rules, CONSOLE, SERVER, 3074).direct());
        assertTrue(judge(rules, CONSOLE, "2001:db8::5", 3077).direct());
        assertFalse(judge(rules, CONSOLE, SERVER, 3075).direct());
        assertFalse(judge(rules, CONSOLE, "203.0.113.6", 3074).direct());
        assertFalse(judge(rules, LAPTOP, SERVER, 3074).direct());
    }

    @ParameterizedTest
    @CsvSource({
        "BOND,AS_CONFIGURED,false,false",
        "FIXED_ONLY,NEVER,false,false",
        "BACKUP_ONLY,WHEN_DOWN,false,false",
        "DIRECT,AS_CONFIGURED,false,true",
        "EMERGENCY,AS_CONFIGURED,true,false"
    })
    void turnsTheActionIntoRights(RuleAction action, Cellular cellular, boolean emergency, boolean direct) {
        assertEquals(
                new TrafficVerdict(new TrafficRights(cellular, emergency), direct, Optional.of("r")),
                judge(rules(rule("r", List.of(), action)), LAPTOP, SERVER, 443));
    }

    @Test
    void distinguishesOnlyIfARuleDoesMoreThanNameTheNormalCase() {
        assertFalse(TrafficRules.NONE.distinguish());
        assertFalse(rules(rule("a", List.of(), RuleAction.BOND)).distinguish());
        assertTrue(
                rules(rule("a", List.of(new PortRange(1, 2)), RuleAction.BOND), rule("b", List.of(), RuleAction.DIRECT))
                        .distinguish());
    }

    @Test
    void refusesImpossiblePorts() {
        assertThrows(IllegalArgumentException.class, () -> new PortRange(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new PortRange(2, 1));
        assertThrows(IllegalArgumentException.class, () -> new PortRange(1, 65536));
    }

    private static TrafficRules rules(TrafficRule... rules) {
        return new TrafficRules(List.of(rules));
    }

    private static TrafficRule rule(String name, List<PortRange> ports, RuleAction action) {
        return new TrafficRule(name, ports, List.of(), List.of(), action);
    }

    private static AddressSet only(String address) {
        return ip(address)::equals;
    }

    private static TrafficVerdict judge(TrafficRules rules, String source, String destination, int port) {
        return rules.judge(ip(source), new InetSocketAddress(ip(destination), port));
    }

    private static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
