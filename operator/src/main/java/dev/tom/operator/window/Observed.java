package dev.tom.operator.window;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The world at one moment, as far as the decision needs it.
 *
 * @param plan what the spec says
 * @param history what the status remembers
 * @param deletedAt when the user deleted the TestWindow
 * @param preflight what was found before the window may open
 * @param lease end of the lease in the bridges' ConfigMap, when it allows egress
 * @param choice by which means egress is opened
 * @param policy whether the provider-egress policy exists, of whichever kind
 * @param gateway what there is of the gateway
 * @param bridges every bridge pod the API server lists, by name
 * @param readyBridges how many of them take calls
 */
public record Observed(
        WindowPlan plan,
        WindowHistory history,
        Optional<Instant> deletedAt,
        Preflight preflight,
        Optional<Instant> lease,
        EgressChoice choice,
        boolean policy,
        GatewayReading gateway,
        List<BridgeReading> bridges,
        int readyBridges) {

    public Observed {
        bridges = List.copyOf(bridges);
    }

    /** Provider sockets that bridges report. */
    public int providerSockets() {
        return bridges.stream()
                .mapToInt(bridge -> bridge instanceof BridgeReading.Answered answered ? answered.providerSockets() : 0)
                .sum();
    }
}
