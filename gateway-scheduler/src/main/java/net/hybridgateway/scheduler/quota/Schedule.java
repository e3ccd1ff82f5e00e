package net.hybridgateway.scheduler.quota;

import java.time.LocalDateTime;
import java.util.List;

/**
 * When an uplink may be used.
 *
 * @param windows it may be used while one of them is open; always if there is none
 */
public record Schedule(List<WeeklyWindow> windows) {
    /** At any time. */
    public static final Schedule ALWAYS = new Schedule(List.of());

    public Schedule {
        windows = List.copyOf(windows);
    }

    public boolean isOpen(LocalDateTime local) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(local));
    }
}
