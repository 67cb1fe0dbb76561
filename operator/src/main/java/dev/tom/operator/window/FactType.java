package dev.tom.operator.window;

/** The conditions of a TestWindow. */
public enum FactType {
    READY("Ready"),
    RECONCILING("Reconciling"),
    STALLED("Stalled"),
    PREFLIGHT_PASSED("PreflightPassed"),
    PREFLIGHT_SECRETS("PreflightSecrets"),
    PREFLIGHT_PROVIDER_REACHABLE("PreflightProviderReachable"),
    PREFLIGHT_LOCAL_BACKEND("PreflightLocalBackend"),
    PREFLIGHT_SPEECH_MODELS("PreflightSpeechModels"),
    PREFLIGHT_COST_LOG("PreflightCostLog"),
    PREFLIGHT_CAPACITY("PreflightCapacity"),
    PREFLIGHT_MONITORING("PreflightMonitoring"),
    EGRESS_MODE_SELECTED("EgressModeSelected"),
    EGRESS_OPEN("EgressOpen"),
    EGRESS_CLOSED("EgressClosed"),
    EGRESS_ENFORCED("EgressEnforced"),
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
