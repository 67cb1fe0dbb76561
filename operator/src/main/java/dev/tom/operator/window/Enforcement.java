package dev.tom.operator.window;

import static dev.tom.operator.window.Fact.no;
import static dev.tom.operator.window.Fact.unknown;
import static dev.tom.operator.window.Fact.yes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the network itself keeps bridges from the provider after the end, as their own tries tell. A try that fails proves something only if
 * the same way was open before.
 */
final class Enforcement {

    /** A network plugin takes a moment to carry out that a policy is gone; a try that connects before counts for nothing. */
    static final Duration SETTLING = Duration.ofSeconds(10);

    private Enforcement() {}

    static Fact of(
            Observed observed,
            WindowPhase phase,
            Optional<Instant> closedAt,
            boolean opened,
            Instant end,
            Instant now) {
        return switch (phase) {
            case PENDING, PREFLIGHT, OPEN ->
                observed.plan().provider()
                        ? unknown(
                                FactType.EGRESS_ENFORCED,
                                Reason.NOT_YET,
                                "Bridges try the provider's address once the window has ended.")
                        : notInUse();
            case CLOSING ->
                observed.plan().provider() && opened
                        ? unknown(
                                FactType.EGRESS_ENFORCED,
                                Reason.CLOSING,
                                "Bridges try the provider's address once egress is proven closed.")
                        : notInUse();
            case FAILED -> notInUse();
            case CLOSED ->
                observed.plan().provider() && opened ? closed(observed, closedAt.orElse(now), end, now) : notInUse();
        };
    }

    private static Fact notInUse() {
        return unknown(
                FactType.EGRESS_ENFORCED,
                Reason.NOT_IN_USE,
                "The window does not use the provider: there is nothing to prove.");
    }

    private static Fact closed(Observed observed, Instant closedAt, Instant end, Instant now) {
        List<BridgeReading> alive = observed.bridges().stream()
                .filter(bridge -> !(bridge instanceof BridgeReading.NotRunning))
                .toList();
        String connected = alive.stream()
                .filter(bridge -> outcome(bridge, end) == CanaryOutcome.CONNECTED)
                .map(BridgeReading::pod)
                .collect(Collectors.joining(", "));
        if (!connected.isEmpty() && !now.isBefore(closedAt.plus(SETTLING))) {
            return no(
                    FactType.EGRESS_ENFORCED,
                    Reason.CANARY_CONNECTED,
                    "After the end a plain TCP connect to the provider's address still worked from %s: the network does not enforce the policies, only the bridges' own lease holds; check the network plugin."
                            .formatted(connected));
        }
        Optional<Fact> decided = Optional.ofNullable(observed.history().facts().get(FactType.EGRESS_ENFORCED))
                .filter(fact -> fact.truth() != Truth.UNKNOWN);
        boolean someWait = alive.stream().anyMatch(bridge -> switch (outcome(bridge, end)) {
            case NOT_TRIED, CONNECTED -> true;
            case REFUSED, TIMEOUT, UNRESOLVED -> false;
        });
        if (someWait) {
            return decided.orElse(unknown(
                    FactType.EGRESS_ENFORCED,
                    Reason.CANARY_PENDING,
                    "Bridges are trying the provider's address, which must fail."));
        }
        return decided.filter(fact -> alive.isEmpty()).orElseGet(() -> allTried(observed, alive, end));
    }

    private static Fact allTried(Observed observed, List<BridgeReading> alive, Instant end) {
        if (alive.isEmpty()) {
            return unknown(
                    FactType.EGRESS_ENFORCED,
                    Reason.NO_BRIDGE_READY,
                    "No bridge pod was left after the end that could try the provider's address.");
        }
        if (alive.stream().anyMatch(bridge -> outcome(bridge, end) == CanaryOutcome.UNRESOLVED)) {
            return unknown(
                    FactType.EGRESS_ENFORCED,
                    Reason.CANARY_UNRESOLVED,
                    "The provider's name did not resolve after the end, so its address could not be tried: check the cluster's DNS.");
        }
        Fact reached = observed.history().facts().get(FactType.PREFLIGHT_PROVIDER_REACHABLE);
        if (reached == null || reached.reason() != Reason.REACHED) {
            return unknown(
                    FactType.EGRESS_ENFORCED,
                    Reason.WAY_NOT_PROVEN,
                    "After the end a plain TCP connect to the provider's address failed, but no bridge pod had reached it before, so this proves nothing.");
        }
        return yes(
                FactType.EGRESS_ENFORCED,
                Reason.CANARY_FAILED,
                "The provider was reached while the window was open; after the end a plain TCP connect to its address failed from every bridge pod.");
    }

    /** What the pod says about the ask of this end. */
    private static CanaryOutcome outcome(BridgeReading bridge, Instant end) {
        return bridge instanceof BridgeReading.Answered answered
                ? answered.canary()
                        .filter(tried -> tried.asked().equals(end))
                        .map(BridgeReading.Tried::outcome)
                        .orElse(CanaryOutcome.NOT_TRIED)
                : CanaryOutcome.NOT_TRIED;
    }
}
