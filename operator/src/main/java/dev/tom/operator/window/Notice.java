package dev.tom.operator.window;

/** Something that happened, for people who follow Kubernetes Events. */
public record Notice(Kind kind, String message) {

    /** The whole vocabulary of event reasons. */
    public enum Kind {
        PREFLIGHT_FAILED("PreflightFailed", true),
        GATEWAY_NOT_READY("GatewayNotReady", true),
        EGRESS_WINDOW_OPENED("EgressWindowOpened", false),
        EGRESS_WINDOW_ENDED("EgressWindowEnded", false),
        EGRESS_WINDOW_CLOSED("EgressWindowClosed", false),
        WINDOW_NEVER_OPENED("WindowNeverOpened", true),
        EGRESS_NOT_VERIFIED("EgressNotVerified", true),
        PROVIDER_USED_WITHOUT_EGRESS("ProviderUsedWithoutEgress", true),
        EGRESS_CLOSED_AGAIN("EgressClosedAgain", false),
        EGRESS_ENFORCED("EgressEnforced", false),
        EGRESS_NOT_ENFORCED("EgressNotEnforced", true),
        FAILOVER("Failover", true),
        REPORT_WRITTEN("ReportWritten", false),
        DELETED_BEFORE_VERIFIED("DeletedBeforeVerified", true);

        private final String reason;
        private final boolean warning;

        Kind(String reason, boolean warning) {
            this.reason = reason;
            this.warning = warning;
        }

        /** The reason field of the Event. */
        public String reason() {
            return reason;
        }

        /** Event type Warning; else Normal. */
        public boolean warning() {
            return warning;
        }
    }
}
