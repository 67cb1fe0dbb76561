package dev.tom.faults;

import java.util.Locale;

/** The matrix as text, one line per cell. */
final class Table {

    private static final String FORMAT = "%-16s %-16s %-22s %9s %7s %6s  %s";

    static final String HEADER =
            String.format(FORMAT, "fault", "moment", "the call goes on", "silence", "words", "stale", "");

    private Table() {}

    static String row(Judgement judgement) {
        return String.format(
                Locale.ROOT,
                FORMAT,
                judgement.fault().label(),
                judgement.moment().label(),
                judgement.outcome().text(),
                judgement.gapMillis() < 0 ? "-" : judgement.gapMillis() + " ms",
                judgement.lostWords() == 0
                        ? "all"
                        : String.format(Locale.ROOT, "-%.0f %%", 100 * judgement.lostWords()),
                judgement.staleFrames(),
                judgement.holds() ? "holds" : "BROKEN: " + String.join("; ", judgement.problems()));
    }

    static String broken(ProviderFault fault, Moment moment, String why) {
        return String.format(FORMAT, fault.label(), moment.label(), "?", "", "", "", "BROKEN: " + why);
    }
}
