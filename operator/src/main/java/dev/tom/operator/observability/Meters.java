package dev.tom.operator.observability;

/** Every meter of the operator. Labels {@code namespace} and {@code window} are as many as there are TestWindows. */
public enum Meters {
    PHASE("tom_testwindow_phase", "1 for the phase the window is in, 0 for the others; label phase"),
    EGRESS_OPEN("tom_testwindow_egress_open", "1 while bridges may use the provider or the egress policy exists"),
    EGRESS_VERIFIED("tom_testwindow_egress_verified", "1 while egress is proven closed, 0 while it is not"),
    END("tom_testwindow_end_timestamp_seconds", "the end that counts, seconds since 1970"),
    CLOSE_LATENESS("tom_testwindow_close_lateness_seconds", "seconds from the end to the proof that egress is closed");

    private final String meter;
    private final String help;

    Meters(String meter, String help) {
        this.meter = meter;
        this.help = help;
    }

    /** Name as Prometheus sees it. */
    public String meter() {
        return meter;
    }

    /** One sentence for people. */
    public String help() {
        return help;
    }
}
