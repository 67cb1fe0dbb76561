package dev.tom.bridge.call.egress;

import java.time.Duration;

/**
 * The lease's answer at one moment.
 *
 * @param reason why; provider use is allowed exactly when it is {@link EgressReason#OPEN}
 * @param newSessions whether a new provider session may begin
 * @param closesIn time left until the permit closes; zero when it is closed
 */
public record EgressVerdict(EgressReason reason, boolean newSessions, Duration closesIn) {

    /** Whether bytes may go to the provider. */
    public boolean open() {
        return reason == EgressReason.OPEN;
    }

    static EgressVerdict closed(EgressReason reason) {
        return new EgressVerdict(reason, false, Duration.ZERO);
    }
}
