package dev.tom.operator.observability;

/** Every meter of the operator. Labels {@code namespace} and {@code window} are as many as there are TestWindows. */
public enum Meters {
    PHASE("tom_testwindow_phase", "1, with the phase that the window is in as label phase"),
    EGRESS_OPEN("tom_testwindow_egress_open", "1 while bridges may use the provider or the egress policy exists"),
    EGRESS_VERIFIED("tom_testwindow_egress_verified", "1 while egress is proven closed, 0 while it is not"),
    EGRESS_ENFORCED(
            "tom_testwindow_egress_enforced",
            "after the end: 1 when bridges could no longer reach the provider's address, 0 when they could, NaN while nobody knows"),
    LEAKED_SOCKETS(
            "tom_testwindow_leaked_sockets",
            "provider sockets that bridges report although the window has been over for 2 s"),
    END("tom_testwindow_end_timestamp_seconds", "the end that counts, seconds since 1970"),
    CLOSE_LATENESS("tom_testwindow_close_lateness_seconds", "seconds from the end to the proof that egress is closed"),
    LEADING("tom_operator_leading", "1 in the process that acts, 0 in one that waits for the Lease"),
    POLICIES_DUE(
            "tom_operator_policies_due",
            "egress policies past their end that are still there: queue of the deadline path"),
    POLICIES_CUT("tom_operator_policies_cut_total", "egress policies that the deadline path asked to delete"),
    CUT_LATENESS(
            "tom_operator_cut_lateness_seconds",
            "seconds from the end to the API server's answer that policies are deleted"),
    END_LATENESS("tom_operator_end_lateness_seconds", "seconds from the end to the first reconcile that saw it"),
    WINDOWS_WAITING("tom_operator_windows_waiting", "windows that wait for their turn to be looked at"),
    WRITES("tom_operator_writes_total", "objects written or deleted by reconciles; label kind"),
    STATUS_QUESTIONS(
            "tom_operator_status_questions_total",
            "questions to bridges for their status; label outcome: answered or silent"),
    API_REQUESTS(
            "tom_operator_api_requests_total",
            "requests to the API server; labels method and outcome: ok, conflict, throttled, refused, error, other, none");

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
