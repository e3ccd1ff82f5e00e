package net.hybridgateway.scheduler.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    /** 2 March 2026 is a Monday. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-02T07:59:59,false",
        "2026-03-02T08:00:00,true",
        "2026-03-02T17:59:59,true",
        "2026-03-02T18:00:00,false",
        "2026-03-06T12:00:00,true",
        "2026-03-07T12:00:00,false",
    })
    void isOpenInTheHoursOfItsDays(LocalDateTime local, boolean open) {
        assertEquals(open, schedule(new WeeklyWindow(WEEKDAYS, 8 * 60, 18 * 60)).isOpen(local));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-06T21:59,false",
        "2026-03-06T22:00,true",
        "2026-03-06T23:59,true",
        "2026-03-07T00:00,true",
        "2026-03-07T05:59,true",
        "2026-03-07T06:00,false",
        "2026-03-07T22:00,false",
        "2026-03-08T01:00,false",
        "2026-03-02T01:00,false",
        "2026-03-02T22:00,true",
    })
    void goesOnAfterMidnightOnADayThatIsNotItsOwn(LocalDateTime local, boolean open) {
        assertEquals(open, schedule(new WeeklyWindow(WEEKDAYS, 22 * 60, 6 * 60)).isOpen(local));
    }

    @Test
    void isOpenWhileAnyWindowIs() {
        Schedule schedule = schedule(
                new WeeklyWindow(EnumSet.of(DayOfWeek.MONDAY), 0, 60),
                new WeeklyWindow(EnumSet.of(DayOfWeek.SUNDAY), 0, WeeklyWindow.MINUTES_A_DAY));

        assertTrue(schedule.isOpen(LocalDateTime.parse("2026-03-02T00:30")));
        assertTrue(schedule.isOpen(LocalDateTime.parse("2026-03-08T23:59:59")));
        assertTrue(Schedule.ALWAYS.isOpen(LocalDateTime.parse("2026-03-03T12:00")));
    }

    @Test
    void refusesWindowsThatMeanNothing() {
        assertThrows(IllegalArgumentException.class, () -> new WeeklyWindow(Set.of(), 0, 60));
        assertThrows(IllegalArgumentException.class, () -> new WeeklyWindow(WEEKDAYS, 60, 60));
        assertThrows(IllegalArgumentException.class, () -> new WeeklyWindow(WEEKDAYS, 60, 0));
        assertThrows(IllegalArgumentException.class, () -> new WeeklyWindow(WEEKDAYS, 1440, 60));
        assertThrows(IllegalArgumentException.class, () -> new WeeklyWindow(WEEKDAYS, -1, 60));
        assertThrows(IllegalArgumentException.class, () -> new WeeklyWindow(WEEKDAYS, 0, 1441));
    }

    private static Schedule schedule(WeeklyWindow... windows) {
        return new Schedule(List.of(windows));
    }
}
