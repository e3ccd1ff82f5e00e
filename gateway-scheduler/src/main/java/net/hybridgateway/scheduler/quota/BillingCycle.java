package net.hybridgateway.scheduler.quota;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Objects;

/**
 * The billing periods of an operator: each begins at midnight of the billing day, or of the last day of a month that has
 * no such day.
 *
 * @param billingDay 1 to 31
 * @param zone whose midnight it is
 */
record BillingCycle(int billingDay, ZoneId zone) {
    BillingCycle {
        Objects.requireNonNull(zone, "zone");
        if (billingDay < 1 || billingDay > 31) {
            throw new IllegalArgumentException("billingDay " + billingDay);
        }
    }

    /** When the period begins that contains the moment; two moments are of one period just if theirs are equal. */
    Instant startOf(Instant moment) {
        return midnight(beginsIn(monthOf(moment)));
    }

    /** When the period ends that contains the moment, which is when the next begins. */
    Instant endOf(Instant moment) {
        return midnight(beginsIn(monthOf(moment).plusMonths(1)));
    }

    /** The month in which the moment's period begins. */
    private YearMonth monthOf(Instant moment) {
        LocalDate date = LocalDate.ofInstant(moment, zone);
        YearMonth month = YearMonth.from(date);
        return date.isBefore(beginsIn(month)) ? month.minusMonths(1) : month;
    }

    private LocalDate beginsIn(YearMonth month) {
        return month.atDay(Math.min(billingDay, month.lengthOfMonth()));
    }

    private Instant midnight(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }
}
