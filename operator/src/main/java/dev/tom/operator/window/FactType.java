package dev.tom.operator.window;

/** The conditions of a TestWindow. */
public enum FactType {
    READY("Ready"),
    RECONCILING("Reconciling"),
    STALLED("Stalled"),
    PREFLIGHT_PASSED("PreflightPassed"),
    EGRESS_MODE_SELECTED("EgressModeSelected"),
    EGRESS_OPEN("EgressOpen"),
    EGRESS_CLOSED("EgressClosed"),
    PROVIDER_HEALTHY("ProviderHealthy"),
    ROLLOUT_PENDING("RolloutPending"),
    REPORT_WRITTEN("ReportWritten");

    private final String text;

    FactType(String text) {
        this.text = text;
    }

    /** As it stands in the status. */
    public String text() {
        return text;
    }
}
