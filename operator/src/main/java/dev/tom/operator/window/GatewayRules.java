package dev.tom.operator.window;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When the gateway has to be there, and what is said while it is not ready. */
final class GatewayRules {

    /** Longer than a node takes to fetch the image and start it; after it somebody has to look. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private GatewayRules() {}

    private static boolean needed(Observed observed) {
        return observed.plan().provider() && observed.choice().means() == EgressMeans.GATEWAY;
    }

    /** Whether bridges would find a way: a lease that opened before would send the first calls into a wall. */
    static boolean ready(Observed observed) {
        return !needed(observed) || observed.gateway().ready() > 0;
    }

    /** What opening waits for, once everything that people have to provide is there. */
    static Optional<Finding> waiting(Observed observed, Instant now) {
        if (!observed.preflight().needsOnlyTheWay() || ready(observed)) {
            return Optional.empty();
        }
        boolean late = observed.gateway()
                .since()
                .filter(since -> !now.isBefore(since.plus(PATIENCE)))
                .isPresent();
        return Optional.of(
                late
                        ? new Finding(
                                Reason.GATEWAY_NOT_READY,
                                "No pod of the gateway became ready within %d s: kubectl describe the pods with labels tom.dev/window and"
                                                .formatted(PATIENCE.toSeconds())
                                        + " app.kubernetes.io/name=tom-gateway, and look at image, quota and nodes; the window opens as soon as"
                                        + " one is.")
                        : new Finding(
                                Reason.GATEWAY_STARTING,
                                "The gateway starts: the window opens as soon as one of its pods is ready."));
    }

    static GatewayWish wish(Observed observed, WindowPhase phase, PolicyWish policy) {
        boolean opening = phase == WindowPhase.PREFLIGHT && observed.preflight().needsOnlyTheWay();
        if (needed(observed) && (opening || policy == PolicyWish.PRESENT)) {
            return new GatewayWish.Present();
        }
        GatewayReading gateway = observed.gateway();
        if (!gateway.present() && observed.choice().means() != EgressMeans.GATEWAY) {
            return new GatewayWish.None();
        }
        if (policy == PolicyWish.LEFT) {
            return new GatewayWish.Left();
        }
        return new GatewayWish.Gone(gateway.pods(), gateway.allPods().isEmpty());
    }
}
