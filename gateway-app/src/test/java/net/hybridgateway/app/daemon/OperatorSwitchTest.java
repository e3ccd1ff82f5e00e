package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.EngineSnapshot.UplinkView;
import net.hybridgateway.scheduler.HoldDownReading;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.UplinkConfig;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkState;
import net.hybridgateway.scheduler.UplinkUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorSwitchTest {
    private static final String LAST = "uplink 'fixed' is the last one that works: without it the house is offline,"
            + " so it is switched off by force only";

    private final List<EngineEvent> events = new ArrayList<>();

    private OperatorSwitch over(UplinkState fixed, UplinkState cellular, Set<String> forbidden) {
        return new OperatorSwitch(new OperatorSwitch.Engine() {
            @Override
            public <T> T ask(Supplier<T> question) {
                return question.get();
            }

            @Override
            public List<UplinkView> uplinks() {
                return List.of(view("fixed", fixed), view("cellular", cellular));
            }

            @Override
            public Set<String> forbidden() {
                return forbidden;
            }

            @Override
            public void handle(EngineEvent event) {
                events.add(event);
            }
        });
    }

    private static UplinkView view(String name, UplinkState state) {
        return new UplinkView(
                new UplinkConfig(name, UplinkKind.FIXED, 10, UplinkUse.ALWAYS, Optional.empty(), LineRate.UNKNOWN),
                state,
                Optional.empty(),
                0,
                0,
                HoldDownReading.CALM,
                OptionalLong.empty(),
                2,
                List.of(),
                0,
                true);
    }

    @ParameterizedTest(name = "fixed {0}, cellular {1}, forbidden {2}, forced {3}: refused {4}")
    @CsvSource({
        "ONLINE,    ONLINE,    '',       false, false",
        "ONLINE,    HOLD_DOWN, '',       false, false",
        "ONLINE,    OFFLINE,   '',       false, true",
        "HOLD_DOWN, OFFLINE,   '',       false, true",
        "ONLINE,    DISABLED,  '',       false, true",
        "ONLINE,    ONLINE,    cellular, false, true",
        "ONLINE,    OFFLINE,   '',       true,  false",
        "OFFLINE,   OFFLINE,   '',       false, false",
        "DISABLED,  OFFLINE,   '',       false, false",
    })
    void switchesTheLastOneThatWorksOffByForceOnly(
            UplinkState fixed, UplinkState cellular, String forbidden, boolean forced, boolean refused)
            throws CommandException {
        OperatorSwitch uplinks = over(fixed, cellular, Set.of(forbidden));
        if (refused) {
            CommandException e = assertThrows(CommandException.class, () -> uplinks.turn("fixed", false, forced));
            assertEquals(LAST, e.getMessage());
            assertEquals(List.of(), events);
        } else {
            uplinks.turn("fixed", false, forced);
            assertEquals(List.of(new EngineEvent.UplinkEnabled("fixed", false)), events);
        }
    }

    @Test
    void switchesOnWhateverTheOthersDo() throws CommandException {
        over(UplinkState.DISABLED, UplinkState.OFFLINE, Set.of()).turn("fixed", true, false);
        assertEquals(List.of(new EngineEvent.UplinkEnabled("fixed", true)), events);
    }

    @Test
    void saysWhichUplinksThereAre() {
        CommandException e =
                assertThrows(CommandException.class, () -> over(UplinkState.ONLINE, UplinkState.ONLINE, Set.of())
                        .turn("fixde", false, true));
        assertEquals("there is no uplink 'fixde': known are cellular, fixed", e.getMessage());
        assertEquals(List.of(), events);
    }
}
