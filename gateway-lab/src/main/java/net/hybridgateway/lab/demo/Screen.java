package net.hybridgateway.lab.demo;

import java.io.PrintStream;
import java.util.Locale;
import net.hybridgateway.lab.net.Access;

/** What the user sees meanwhile: a moving line on a terminal, a line a second elsewhere. */
final class Screen {
    private static final int BAR = 36;
    private static final long PLAIN_PERIOD_NANOS = 1_000_000_000L;
    private static final String BLUE = "\u001b[34m";
    private static final String ORANGE = "\u001b[33m";
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final double fullScaleBitsPerSecond;
    private boolean lineOpen;
    private UplinkSample lastPlain;

    Screen(PrintStream out, boolean terminal, double fullScaleBitsPerSecond) {
        this.out = out;
        this.terminal = terminal;
        this.fullScaleBitsPerSecond = fullScaleBitsPerSecond;
    }

    /** A step begins. */
    synchronized void step(String text) {
        endLine();
        out.println(terminal ? BOLD + text + RESET : text);
    }

    /** Something happened, or was found out. */
    synchronized void say(String text) {
        endLine();
        out.println("  " + text);
    }

    /** The rates between two samples. */
    synchronized void rates(UplinkSample earlier, UplinkSample now) {
        if (terminal) {
            double fixed = now.bitsPerSecondSince(earlier, Access.FIXED);
            double cellular = now.bitsPerSecondSince(earlier, Access.CELLULAR);
            out.print(
                    CLEAR_LINE + "  " + BLUE + bar(fixed) + ORANGE + bar(cellular) + RESET + numbers(fixed, cellular));
            out.flush();
            lineOpen = true;
        } else if (lastPlain == null || now.nanos() - lastPlain.nanos() >= PLAIN_PERIOD_NANOS) {
            UplinkSample since = lastPlain == null ? earlier : lastPlain;
            lastPlain = now;
            out.println(" "
                    + numbers(
                            now.bitsPerSecondSince(since, Access.FIXED),
                            now.bitsPerSecondSince(since, Access.CELLULAR)));
        }
    }

    private void endLine() {
        if (lineOpen) {
            out.print(CLEAR_LINE);
            lineOpen = false;
        }
    }

    private String bar(double bitsPerSecond) {
        return "█".repeat((int) Math.min(BAR, Math.round(BAR * bitsPerSecond / fullScaleBitsPerSecond)));
    }

    private static String numbers(double fixed, double cellular) {
        return String.format(Locale.ROOT, " fixed %5.1f  cellular %5.1f  Mbit/s", fixed / 1e6, cellular / 1e6);
    }
}
