package dev.tom.bridge.call.failover;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import java.util.Optional;

/** Where one call goes when its backend is lost. A call never returns to a backend that failed it. */
public final class Rescue {

    private Rescue() {}

    /**
     * The backend that takes over.
     *
     * <p>With FALLBACK_POLICY=none a failing provider is not replaced by the local pipeline: the call hears the announcement. The end of
     * the window is no failure, and neither is the end of a session that may not be replaced; they move calls to the local pipeline
     * whatever the policy says.
     *
     * @param fallback whether the policy allows the local pipeline after a failure
     * @param localAvailable whether there is a local pipeline
     * @return empty when nobody is left to answer
     */
    public static Optional<BackendKind> next(
            BackendKind from, FailureReason reason, boolean fallback, boolean localAvailable) {
        return switch (from) {
            case PROVIDER -> {
                boolean noFailure = reason == FailureReason.EGRESS_CLOSED || reason == FailureReason.SESSION_EXPIRED;
                boolean mayUseLocal = fallback || noFailure;
                yield Optional.of(mayUseLocal && localAvailable ? BackendKind.LOCAL : BackendKind.ANNOUNCEMENT);
            }
            case LOCAL -> Optional.of(BackendKind.ANNOUNCEMENT);
            case ANNOUNCEMENT -> Optional.empty();
        };
    }
}
