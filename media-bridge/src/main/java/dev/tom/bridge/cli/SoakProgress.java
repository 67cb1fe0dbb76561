package dev.tom.bridge.cli;

import dev.tom.bridge.soak.Soak;
import dev.tom.bridge.soak.SoakBook;
import dev.tom.bridge.soak.SoakPlan;
import java.io.PrintWriter;
import java.util.Locale;

/** How a soak goes: one line that is rewritten each second on a terminal, a new line every ten seconds elsewhere. */
final class SoakProgress {

    private static final int SECONDS_BETWEEN_LINES = 10;

    private final PrintWriter err;
    private final boolean terminal;
    private final SoakPlan plan;
    private final Soak soak;
    private int seconds;
    private int width;

    SoakProgress(PrintWriter err, boolean terminal, SoakPlan plan, Soak soak) {
        this.err = err;
        this.terminal = terminal;
        this.plan = plan;
        this.soak = soak;
    }

    /** A second has passed. */
    void second() {
        seconds++;
        if (terminal) {
            String line = line();
            // Spaces wipe what a longer line before left.
            err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = line.length();
            err.flush();
        } else if (seconds % SECONDS_BETWEEN_LINES == 0) {
            err.println("tom soak: " + line());
            err.flush();
        }
    }

    /** The last line stays. */
    void end() {
        if (terminal && width > 0) {
            err.println();
            err.flush();
        }
    }

    private String line() {
        SoakBook.Progress now = soak.book().progress();
        return String.format(
                Locale.ROOT,
                "%d of %d s, %d of %d sessions, %d turns, %d failed, %d dropped, p50 %d ms, p95 %d ms",
                Math.min(soak.elapsed().toSeconds(), plan.duration().toSeconds()),
                plan.duration().toSeconds(),
                now.alive(),
                plan.sessions(),
                now.answered(),
                now.failed(),
                now.dropped(),
                now.p50(),
                now.p95());
    }
}
