package net.hybridgateway.lab.bench.start;

import java.util.List;
import java.util.Locale;

/**
 * One start of the daemon; all times in seconds since its process was asked for.
 *
 * @param round from 1
 * @param javaStarted Java is ready to run the program's first line
 * @param rulesInPlace from here on connections are taken
 * @param ready the daemon says so: it can be asked and managed, too
 * @param firstCarried the answer to the first connection that went through the conversion point has come
 */
record StartRun(int round, double javaStarted, double rulesInPlace, double ready, double firstCarried) {
    /** Names of the times, in the order in which they are given. */
    static final List<String> STAGES = List.of("Java started", "rules in place", "first connection carried", "ready");

    /** The times, in the order of {@link #STAGES}. */
    List<Double> seconds() {
        return List.of(javaStarted, rulesInPlace, firstCarried, ready);
    }

    String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"round\":%d,\"java_started\":%.4f,\"rules_in_place\":%.4f,\"first_carried\":%.4f,\"ready\":%.4f}",
                round,
                javaStarted,
                rulesInPlace,
                firstCarried,
                ready);
    }
}
