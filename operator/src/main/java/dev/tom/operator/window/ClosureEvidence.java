package dev.tom.operator.window;

import java.util.List;

/** Whether it is proven that no bridge uses the provider or can reach it, on whatever way. */
sealed interface ClosureEvidence {

    /** Every pod that may run reported zero sockets and a closed lease, no policy lets it out, no gateway is left. */
    record Proven(int pods) implements ClosureEvidence {}

    /** Pods report open sockets. */
    record SocketsOpen(int sockets, List<String> pods) implements ClosureEvidence {}

    /** Pods have no socket, but their lease would let them open one. */
    record LeaseAllowed(List<String> pods) implements ClosureEvidence {}

    /** Pods did not answer: nothing is known about them. */
    record Unreachable(List<String> pods, String why) implements ClosureEvidence {}

    /** All pods are closed, but the network is still open. */
    record PolicyPresent() implements ClosureEvidence {}

    /** All pods are closed and the policy is gone, but the gateway or one of its pods is still there. */
    record GatewayPresent(List<String> pods) implements ClosureEvidence {}

    static ClosureEvidence of(Observed observed) {
        List<BridgeReading.Answered> answered = only(BridgeReading.Answered.class, observed);
        List<BridgeReading.Silent> silent = only(BridgeReading.Silent.class, observed);
        int sockets = answered.stream()
                .mapToInt(BridgeReading.Answered::providerSockets)
                .sum();
        if (sockets > 0) {
            return new SocketsOpen(
                    sockets,
                    answered.stream()
                            .filter(bridge -> bridge.providerSockets() > 0)
                            .map(BridgeReading::pod)
                            .toList());
        }
        List<String> allowed = answered.stream()
                .filter(BridgeReading.Answered::leaseAllowed)
                .map(BridgeReading::pod)
                .toList();
        if (!allowed.isEmpty()) {
            return new LeaseAllowed(allowed);
        }
        if (!silent.isEmpty()) {
            return new Unreachable(
                    silent.stream().map(BridgeReading::pod).toList(),
                    silent.getFirst().why());
        }
        if (observed.policy()) {
            return new PolicyPresent();
        }
        return observed.gateway().present()
                ? new GatewayPresent(observed.gateway().allPods())
                : new Proven(answered.size());
    }

    private static <T extends BridgeReading> List<T> only(Class<T> type, Observed observed) {
        return observed.bridges().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Whether every pod reported zero sockets and a closed lease, whatever the policy and the gateway. */
    default boolean podsClosed() {
        return switch (this) {
            case Proven proven -> true;
            case PolicyPresent present -> true;
            case GatewayPresent present -> true;
            case SocketsOpen open -> false;
            case LeaseAllowed allowed -> false;
            case Unreachable unreachable -> false;
        };
    }
}
