package dev.tom.operator.window;

import dev.tom.operator.window.Notice.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happened between the last decision and this one. */
final class NoticeRules {

    private NoticeRules() {}

    static List<Notice> of(
            Observed observed,
            WindowPhase phase,
            Optional<Instant> openedAt,
            Instant end,
            List<Fact> facts,
            boolean releasedUnproven) {
        var notices = new ArrayList<Notice>();
        WindowHistory history = observed.history();
        if (history.openedAt().isEmpty() && openedAt.isPresent() && phase == WindowPhase.OPEN) {
            notices.add(new Notice(
                    Kind.EGRESS_WINDOW_OPENED,
                    observed.plan().provider()
                            ? "The provider may be used until " + end + "."
                            : "The window is answered locally until " + end + "."));
        }
        if (phase.ended() && !history.ended()) {
            notices.add(new Notice(Kind.EGRESS_WINDOW_ENDED, "The window ended at " + end + "."));
        }
        for (Fact fact : facts) {
            Fact before = history.facts().get(fact.type());
            boolean changed = before == null || before.truth() != fact.truth() || before.reason() != fact.reason();
            if (changed) {
                became(fact, Optional.ofNullable(before), phase, observed, openedAt.isPresent())
                        .ifPresent(notices::add);
            }
        }
        if (phase == WindowPhase.FAILED
                && history.phase().filter(p -> p == WindowPhase.FAILED).isEmpty()) {
            notices.add(new Notice(Kind.WINDOW_NEVER_OPENED, "The time passed without the window opening."));
        }
        if (releasedUnproven) {
            notices.add(
                    new Notice(
                            Kind.DELETED_BEFORE_VERIFIED,
                            "The TestWindow goes although egress is not proven closed: a bridge pod could not be asked; its lease ends at its deadline at the latest."));
        }
        return notices;
    }

    private static Optional<Notice> became(
            Fact fact, Optional<Fact> before, WindowPhase phase, Observed observed, boolean opened) {
        return switch (fact.type()) {
            case PREFLIGHT_PASSED ->
                fact.truth() == Truth.FALSE
                        ? Optional.of(new Notice(Kind.PREFLIGHT_FAILED, fact.message()))
                        : Optional.empty();
            case EGRESS_CLOSED -> phase.ended() ? closed(fact, before, observed, opened) : Optional.empty();
            case EGRESS_ENFORCED -> enforced(fact);
            case PROVIDER_HEALTHY ->
                fact.truth() == Truth.FALSE ? Optional.of(new Notice(Kind.FAILOVER, fact.message())) : Optional.empty();
            case EGRESS_OPEN ->
                fact.reason() == Reason.GATEWAY_NOT_READY
                        ? Optional.of(new Notice(Kind.GATEWAY_NOT_READY, fact.message()))
                        : Optional.empty();
            case PREFLIGHT_SECRETS,
                    PREFLIGHT_PROVIDER_REACHABLE,
                    PREFLIGHT_LOCAL_BACKEND,
                    PREFLIGHT_SPEECH_MODELS,
                    PREFLIGHT_COST_LOG,
                    PREFLIGHT_CAPACITY,
                    PREFLIGHT_MONITORING,
                    READY,
                    RECONCILING,
                    STALLED,
                    EGRESS_MODE_SELECTED,
                    ROLLOUT_PENDING,
                    REPORT_WRITTEN -> Optional.empty();
        };
    }

    private static Optional<Notice> enforced(Fact fact) {
        return switch (fact.truth()) {
            case TRUE -> Optional.of(new Notice(Kind.EGRESS_ENFORCED, fact.message()));
            case FALSE -> Optional.of(new Notice(Kind.EGRESS_NOT_ENFORCED, fact.message()));
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<Notice> closed(Fact fact, Optional<Fact> before, Observed observed, boolean opened) {
        if (fact.truth() == Truth.TRUE) {
            boolean again = observed.history().closedAt().isPresent()
                    && before.filter(was -> was.truth() == Truth.FALSE).isPresent();
            if (again) {
                return Optional.of(new Notice(Kind.EGRESS_CLOSED_AGAIN, fact.message()));
            }
            return opened ? Optional.of(new Notice(Kind.EGRESS_WINDOW_CLOSED, fact.message())) : Optional.empty();
        }
        return switch (fact.reason()) {
            case PROVIDER_SOCKETS_OPEN -> Optional.of(new Notice(Kind.PROVIDER_USED_WITHOUT_EGRESS, fact.message()));
            case BRIDGE_UNREACHABLE -> Optional.of(new Notice(Kind.EGRESS_NOT_VERIFIED, fact.message()));
            default -> Optional.empty();
        };
    }
}
