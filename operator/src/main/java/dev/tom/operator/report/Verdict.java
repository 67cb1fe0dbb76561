package dev.tom.operator.report;

/** What the figures say in a word. */
public enum Verdict {
    NO_CALLS("NoCalls", "Nobody called."),
    CALLS_DROPPED("CallsDropped", "Calls were lost: look at the bridges' logs before the next window."),
    FAILED_OVER("FailedOver", "Calls left the provider; none was lost."),
    CLEAN("Clean", "The provider answered every call.");

    private final String text;
    private final String sentence;

    Verdict(String text, String sentence) {
        this.text = text;
        this.sentence = sentence;
    }

    /** As it stands in the status. */
    public String text() {
        return text;
    }

    /** As it stands in the report. */
    public String sentence() {
        return sentence;
    }

    static Verdict of(Totals totals) {
        if (totals.calls() == 0) {
            return NO_CALLS;
        }
        if (totals.dropped() > 0) {
            return CALLS_DROPPED;
        }
        return totals.failovers() > 0 ? FAILED_OVER : CLEAN;
    }
}
