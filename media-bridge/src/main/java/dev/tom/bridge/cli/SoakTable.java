package dev.tom.bridge.cli;

import dev.tom.bridge.soak.Percentiles;
import dev.tom.bridge.soak.SoakResult;
import java.io.PrintWriter;
import java.util.Locale;

/** A soak's result for people. */
final class SoakTable {

    private SoakTable() {}

    static void print(SoakResult result, PrintWriter out) {
        var plan = result.plan();
        var counts = result.counts();
        out.printf(
                Locale.ROOT,
                "%s %s%s: %d sessions for %.0f s%s%n",
                plan.target().kind(),
                plan.target().address(),
                plan.target().model().isEmpty()
                        ? ""
                        : ", model " + plan.target().model(),
                plan.sessions(),
                result.elapsedMillis() / 1_000.0,
                result.endedEarly() ? ", ended early" : "");
        out.printf(
                Locale.ROOT,
                "%d turns answered (%.1f a minute), %d failed, %d calls refused, %d dropped, %d sessions gave up%n%n",
                counts.answered(),
                result.turnsPerMinute(),
                counts.failedTurns(),
                counts.failedCalls(),
                counts.dropped(),
                counts.gaveUp());
        out.printf(
                Locale.ROOT, "%-14s%9s%9s%9s%9s%9s%9s%n", "milliseconds", "count", "min", "p50", "p95", "p99", "max");
        row(out, "E2E", result.latencies().e2e());
        row(out, "first audio", result.latencies().firstAudio());
        row(out, "first token", result.latencies().firstToken());
        row(out, "connected", result.latencies().connected());
        row(out, "ready", result.latencies().ready());
        result.reasons()
                .forEach((reason, what) ->
                        out.printf(Locale.ROOT, "%n%d x %s: %s", what.count(), reason, what.example()));
        if (!result.reasons().isEmpty()) {
            out.println();
        }
        if (counts.lateFrames() * 100 > counts.frames()) {
            out.printf(
                    Locale.ROOT,
                    "%nThis machine sent %d of %d frames late: part of these times is its own, take fewer sessions.%n",
                    counts.lateFrames(),
                    counts.frames());
        }
        out.printf("%n%s%n", result.sentence());
    }

    private static void row(PrintWriter out, String name, Percentiles values) {
        if (values.count() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%-14s%9d%9d%9d%9d%9d%9d%n",
                    name,
                    values.count(),
                    values.min(),
                    values.p50(),
                    values.p95(),
                    values.p99(),
                    values.max());
        }
    }
}
