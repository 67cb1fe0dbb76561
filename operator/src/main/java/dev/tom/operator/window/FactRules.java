package dev.tom.operator.window;

import static dev.tom.operator.window.Fact.no;
import static dev.tom.operator.window.Fact.unknown;
import static dev.tom.operator.window.Fact.yes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the conditions say. Each message names the cause, and what to do where there is something to do. */
final class FactRules {

    private FactRules() {}

    static List<Fact> of(
            Observed observed,
            WindowPhase phase,
            Instant end,
            ClosureEvidence evidence,
            boolean provenBefore,
            boolean callsMayMove,
            Optional<Finding> gateway,
            Fact enforced) {
        var facts = new ArrayList<Fact>();
        facts.add(ready(observed, phase, gateway));
        facts.add(reconciling(observed, phase, gateway));
        facts.add(stalled(observed, phase, gateway));
        facts.addAll(PreflightFacts.of(observed, phase));
        facts.add(observed.choice().fact());
        facts.add(egressOpen(observed, phase, end, gateway));
        facts.add(
                phase == WindowPhase.PREFLIGHT && evidence instanceof ClosureEvidence.GatewayPresent
                        ? blocked(FactType.EGRESS_CLOSED, observed, gateway)
                        : egressClosed(observed, phase, evidence, provenBefore, callsMayMove));
        facts.add(enforced);
        facts.add(providerHealthy(observed, phase));
        return facts;
    }

    private static Fact ready(Observed observed, WindowPhase phase, Optional<Finding> gateway) {
        return switch (phase) {
            case PREFLIGHT -> blocked(FactType.READY, observed, gateway);
            case CLOSING -> no(FactType.READY, Reason.WINDOW_ENDED, "Egress is not yet proven closed.");
            case FAILED ->
                no(
                        FactType.READY,
                        Reason.NEVER_OPENED,
                        "The time passed without the window opening: create a new TestWindow.");
            case CLOSED -> yes(FactType.READY, Reason.WINDOW_ENDED, "The window is over and egress is proven closed.");
            case PENDING, OPEN ->
                observed.readyBridges() > 0
                        ? yes(FactType.READY, Reason.BRIDGES_READY, "Calls are answered.")
                        : no(
                                FactType.READY,
                                Reason.NO_BRIDGE_READY,
                                "No bridge pod takes calls yet: look at the pods with label tom.dev/window.");
        };
    }

    /** Why the window does not open although its time has come. */
    private static Fact blocked(FactType type, Observed observed, Optional<Finding> gateway) {
        return gateway.map(finding -> no(type, finding.reason(), finding.message()))
                .orElseGet(() -> no(type, Reason.REQUIREMENT_MISSING, PreflightFacts.waitsFor(observed)));
    }

    /** It waits for something that comes by itself. */
    private static boolean starting(Observed observed, WindowPhase phase, Optional<Finding> gateway) {
        return phase == WindowPhase.PREFLIGHT
                && gateway.map(finding -> finding.reason() == Reason.GATEWAY_STARTING)
                        .orElse(!PreflightFacts.blocked(observed));
    }

    private static Fact reconciling(Observed observed, WindowPhase phase, Optional<Finding> gateway) {
        boolean working = phase == WindowPhase.CLOSING
                || starting(observed, phase, gateway)
                || ((phase == WindowPhase.PENDING || phase == WindowPhase.OPEN) && observed.readyBridges() == 0);
        return working
                ? yes(FactType.RECONCILING, Reason.WORKING, "Bridges or their gateway are starting or closing.")
                : no(FactType.RECONCILING, Reason.SETTLED, "Nothing is under way.");
    }

    private static Fact stalled(Observed observed, WindowPhase phase, Optional<Finding> gateway) {
        return switch (phase) {
            case PREFLIGHT -> {
                if (starting(observed, phase, gateway)) {
                    yield no(FactType.STALLED, Reason.SETTLED, "Nothing blocks.");
                }
                Fact why = blocked(FactType.STALLED, observed, gateway);
                yield yes(FactType.STALLED, why.reason(), why.message());
            }
            case FAILED ->
                yes(FactType.STALLED, Reason.NEVER_OPENED, "Nothing more can be done: create a new TestWindow.");
            case PENDING, OPEN, CLOSING, CLOSED -> no(FactType.STALLED, Reason.SETTLED, "Nothing blocks.");
        };
    }

    private static Fact egressOpen(Observed observed, WindowPhase phase, Instant end, Optional<Finding> gateway) {
        return switch (phase) {
            case PENDING ->
                no(
                        FactType.EGRESS_OPEN,
                        Reason.BEFORE_START,
                        "Opens at " + observed.plan().opensAt() + ".");
            case PREFLIGHT -> blocked(FactType.EGRESS_OPEN, observed, gateway);
            case OPEN ->
                observed.plan().provider()
                        ? openUntil(observed, end)
                        : no(FactType.EGRESS_OPEN, Reason.LOCAL_BACKEND, "spec.backend is local: no egress is needed.");
            case CLOSING, CLOSED, FAILED -> no(FactType.EGRESS_OPEN, whyEnded(observed), "Ended at " + end + ".");
        };
    }

    private static Fact openUntil(Observed observed, Instant end) {
        return observed.plan().broken().stream()
                .findFirst()
                .map(rail ->
                        yes(FactType.EGRESS_OPEN, rail.reason(), "Until " + end + ", no longer: " + rail.message()))
                .orElseGet(() -> yes(FactType.EGRESS_OPEN, Reason.WINDOW_OPEN, "Until " + end + "."));
    }

    private static Reason whyEnded(Observed observed) {
        if (observed.deletedAt().isPresent()) {
            return Reason.DELETED;
        }
        Fact before = observed.history().facts().get(FactType.EGRESS_OPEN);
        boolean byRail = observed.history().ended() && before != null
                ? before.reason() == Reason.PROVIDER_HOST_NOT_ALLOWED
                : observed.plan().barred();
        if (byRail) {
            return Reason.PROVIDER_HOST_NOT_ALLOWED;
        }
        return observed.plan().stop() ? Reason.STOPPED : Reason.WINDOW_ENDED;
    }

    private static Fact egressClosed(
            Observed observed,
            WindowPhase phase,
            ClosureEvidence evidence,
            boolean provenBefore,
            boolean callsMayMove) {
        if (phase == WindowPhase.OPEN && observed.plan().provider()) {
            return no(FactType.EGRESS_CLOSED, Reason.WINDOW_OPEN, "The window is open.");
        }
        if (phase == WindowPhase.CLOSING && callsMayMove) {
            return no(
                    FactType.EGRESS_CLOSED,
                    Reason.CLOSING,
                    "The end has just come: bridges get a moment to move their calls and to prove it.");
        }
        return switch (evidence) {
            case ClosureEvidence.Proven proven -> yes(FactType.EGRESS_CLOSED, Reason.VERIFIED, verified(observed));
            case ClosureEvidence.SocketsOpen(int sockets, List<String> pods) ->
                no(
                        FactType.EGRESS_CLOSED,
                        Reason.PROVIDER_SOCKETS_OPEN,
                        "Provider sockets still open: %d, in %s; if this stays, delete these pods."
                                .formatted(sockets, String.join(", ", pods)));
            case ClosureEvidence.LeaseAllowed(List<String> pods) ->
                no(
                        FactType.EGRESS_CLOSED,
                        Reason.LEASE_STILL_ALLOWED,
                        "The lease still allows the provider in %s: the kubelet has not yet projected the ConfigMap."
                                .formatted(String.join(", ", pods)));
            case ClosureEvidence.PolicyPresent present ->
                no(
                        FactType.EGRESS_CLOSED,
                        Reason.POLICY_STILL_PRESENT,
                        phase == WindowPhase.PREFLIGHT
                                ? "The egress policy exists so that bridges can try the provider; no lease allows its use."
                                : "The egress policy still exists.");
            case ClosureEvidence.GatewayPresent(List<String> pods) ->
                no(
                        FactType.EGRESS_CLOSED,
                        Reason.GATEWAY_STILL_PRESENT,
                        pods.isEmpty()
                                ? "The gateway's Deployment still exists: if this stays, delete it."
                                : "The gateway still runs in %s: if this stays, look at the pod's node, and force its deletion only when that"
                                                .formatted(String.join(", ", pods))
                                        + " node is off.");
            case ClosureEvidence.Unreachable(List<String> pods, String why) ->
                provenBefore
                        ? yes(FactType.EGRESS_CLOSED, Reason.VERIFIED, verified(observed))
                        : unknown(
                                FactType.EGRESS_CLOSED,
                                Reason.BRIDGE_UNREACHABLE,
                                "No status from %s (%s): check that the operator may reach the admin port, or delete these pods."
                                        .formatted(String.join(", ", pods), why));
        };
    }

    private static String verified(Observed observed) {
        return "Every running bridge pod reported zero provider sockets and a closed lease; "
                + (observed.choice().means() == EgressMeans.GATEWAY
                        ? "no egress policy and no gateway exist."
                        : "no egress policy exists.");
    }

    private static Fact providerHealthy(Observed observed, WindowPhase phase) {
        if (phase != WindowPhase.OPEN || !observed.plan().provider()) {
            return unknown(FactType.PROVIDER_HEALTHY, Reason.NOT_IN_USE, "The provider is not in use.");
        }
        List<BridgeReading.Answered> allowed = observed.bridges().stream()
                .filter(BridgeReading.Answered.class::isInstance)
                .map(BridgeReading.Answered.class::cast)
                .filter(BridgeReading.Answered::leaseAllowed)
                .toList();
        List<BridgeReading.Answered> away = allowed.stream()
                .filter(bridge -> !bridge.backend().equals("provider"))
                .toList();
        if (!away.isEmpty()) {
            return no(
                    FactType.PROVIDER_HEALTHY,
                    Reason.FAILED_OVER,
                    away.stream()
                            .map(bridge ->
                                    bridge.pod() + " answers by " + bridge.backend() + ": " + bridge.backendReason())
                            .collect(Collectors.joining("; ")));
        }
        return allowed.isEmpty()
                ? unknown(FactType.PROVIDER_HEALTHY, Reason.NO_BRIDGE_READY, "No bridge pod uses the provider yet.")
                : yes(FactType.PROVIDER_HEALTHY, Reason.IN_USE, "The provider answers calls.");
    }
}
