package dev.tom.operator.window;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * All rules of a window's life. A decision depends on nothing but its arguments, and {@code now >= end} is asked anew each time: a lost
 * timer, a restart or a clock step can make a decision late, never wrong.
 */
public final class WindowMachine {

    /**
     * After a planned end, calls get so long to leave the provider before the network is closed under them. Bridges know that end, close their sockets
     * ahead of it and have moved their calls some 150 ms later; and with many windows the last policy must be gone 2 s after the end.
     */
    public static final Duration POLICY_GRACE = Duration.ofSeconds(1);
    /** An early end reaches the bridges by way of the kubelet first. Nor is anything amiss before this has passed, whatever the end. */
    static final Duration HEARING_GRACE = Duration.ofSeconds(2);
    /** A deleted window is let go after so long even when a pod cannot be asked; its own lease ends provider use at the deadline at the latest. */
    static final Duration DELETION_PATIENCE = Duration.ofSeconds(30);

    /** So long after the proof bridges are asked every second for the result of their try, and stay although they are to go. */
    static final Duration CANARY_PATIENCE = Duration.ofSeconds(20);

    private static final Duration LOOK_WHILE_TRIED = Duration.ofSeconds(1);
    private static final Duration LOOK_WHILE_WAITING = Duration.ofSeconds(30);
    /** Where nothing can change by itself, or not soon: every change of an object wakes the window anyway. */
    private static final Duration LOOK_WHILE_IDLE = Duration.ofMinutes(10);

    private static final Duration LOOK_WHILE_BLOCKED = Duration.ofSeconds(2);
    private static final Duration LOOK_WHILE_OPEN = Duration.ofSeconds(5);
    private static final Duration LOOK_RIGHT_AFTER_THE_END = Duration.ofMillis(250);
    private static final Duration RIGHT_AFTER_THE_END = Duration.ofSeconds(3);
    private static final Duration LOOK_WHILE_UNPROVEN = Duration.ofSeconds(1);

    private WindowMachine() {}

    /** What is to be at {@code now} in the world as observed. */
    public static Decision decide(Observed observed, Instant now) {
        Instant end = end(observed, now);
        ClosureEvidence evidence = ClosureEvidence.of(observed);
        boolean over = observed.history().ended() || observed.deletedAt().isPresent() || !now.isBefore(end);
        Optional<Instant> openedAt = openedAt(observed, over, now);
        WindowPhase phase = phase(observed, over, openedAt, evidence, now);
        Optional<Instant> closedAt = closedAt(observed, phase, now);
        Egress egress = egress(observed, phase, openedAt.isPresent(), end);
        boolean gaveUp = observed.deletedAt()
                .filter(deleted -> !now.isBefore(deleted.plus(DELETION_PATIENCE)))
                .isPresent();
        boolean settled = phase == WindowPhase.CLOSING
                ? openedAt.isEmpty() && !observed.policy()
                : !(evidence instanceof ClosureEvidence.SocketsOpen);
        boolean release = observed.deletedAt().isPresent() && (settled || gaveUp);
        boolean callsMayMove = !now.isBefore(end) && now.isBefore(end.plus(HEARING_GRACE));
        Duration grace = end.isBefore(observed.plan().endsAt()) ? HEARING_GRACE : POLICY_GRACE;
        boolean leave = callsMayMove && now.isBefore(end.plus(grace));
        PolicyWish policy = policy(observed, phase, egress, evidence, leave);
        Fact enforced = Enforcement.of(observed, phase, closedAt, openedAt.isPresent(), end, now);
        var facts = FactRules.of(
                observed,
                phase,
                end,
                evidence,
                closedAt.isPresent(),
                callsMayMove,
                GatewayRules.waiting(observed, now),
                enforced);
        boolean canaryRuns = enforced.reason() == Reason.CANARY_PENDING
                && closedAt.filter(closed -> now.isBefore(closed.plus(CANARY_PATIENCE)))
                        .isPresent();
        return new Decision(
                phase,
                egress,
                observed.choice().means(),
                policy,
                GatewayRules.wish(observed, phase, policy),
                !(phase == WindowPhase.CLOSED && observed.plan().scaleToZero()) || canaryRuns,
                observed.plan().opensAt(),
                end,
                openedAt,
                closedAt,
                closedLate(openedAt, closedAt, end),
                facts,
                NoticeRules.of(observed, phase, openedAt, end, facts, release && !settled),
                release,
                wakeAt(observed, phase, egress, evidence, canaryRuns, enforced, end, now));
    }

    /**
     * The end that counts: of an ended window the stored one, else the earliest of plan, stop, deletion, a broken guard rail, and what was told and has
     * passed.
     */
    private static Instant end(Observed observed, Instant now) {
        if (observed.history().ended() && observed.history().endsAt().isPresent()) {
            return observed.history().endsAt().get();
        }
        boolean ended = observed.plan().stop() || (observed.plan().barred() && wasOpened(observed));
        Stream<Instant> stopped = ended ? Stream.of(now.truncatedTo(ChronoUnit.MILLIS)) : Stream.of();
        Stream<Instant> passed = told(observed).filter(told -> !now.isBefore(told)).stream();
        return Stream.of(Stream.of(planned(observed, now)), stopped, passed, observed.deletedAt().stream())
                .flatMap(ends -> ends)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** A guard rail that was narrowed until it lies in the past ends a window now: nobody was late who did not know of it. */
    private static Instant planned(Observed observed, Instant now) {
        Instant planned = observed.plan().endsAt();
        boolean narrowed = !observed.plan().broken().isEmpty()
                && observed.history().endsAt().filter(now::isBefore).isPresent();
        return narrowed && planned.isBefore(now) ? now.truncatedTo(ChronoUnit.MILLIS) : planned;
    }

    /**
     * The end of which bridges were told last. Once it has passed they have left the provider by themselves; a longer plan that is seen only then
     * comes too late.
     */
    private static Optional<Instant> told(Observed observed) {
        return observed.history().openedAt().isPresent() ? observed.history().endsAt() : observed.lease();
    }

    private static WindowPhase phase(
            Observed observed, boolean over, Optional<Instant> openedAt, ClosureEvidence evidence, Instant now) {
        if (!over) {
            // A clock that steps back over the start closes nothing that is open: the end stands, and bridges keep it
            // by themselves.
            if (openedAt.isPresent()) {
                return WindowPhase.OPEN;
            }
            return now.isBefore(observed.plan().opensAt()) ? WindowPhase.PENDING : WindowPhase.PREFLIGHT;
        }
        if (observed.history().closedAt().isPresent() || evidence instanceof ClosureEvidence.Proven) {
            boolean wanted = observed.plan().stop() || observed.deletedAt().isPresent();
            return openedAt.isPresent() || wanted ? WindowPhase.CLOSED : WindowPhase.FAILED;
        }
        return WindowPhase.CLOSING;
    }

    private static Egress egress(Observed observed, WindowPhase phase, boolean opened, Instant end) {
        if (!observed.plan().provider()) {
            return new Egress.Shut();
        }
        return switch (phase) {
            case OPEN -> new Egress.Open(end);
            case PREFLIGHT ->
                observed.preflight().waitsForTheProviderOnly() && GatewayRules.ready(observed)
                        ? new Egress.Shut(new Ask.Reach(end))
                        : new Egress.Shut();
            case CLOSED -> opened ? new Egress.Shut(new Ask.Canary(end)) : new Egress.Shut();
            case PENDING, CLOSING, FAILED -> new Egress.Shut();
        };
    }

    private static Optional<Instant> openedAt(Observed observed, boolean over, Instant now) {
        if (wasOpened(observed)) {
            // Without a memory of it, it was opened, and the operator died before it could say so.
            return observed.history()
                    .openedAt()
                    .or(() -> Optional.of(observed.plan().opensAt()));
        }
        boolean opens = !over
                && !now.isBefore(observed.plan().opensAt())
                && observed.preflight().passed()
                && GatewayRules.ready(observed);
        return opens ? Optional.of(now.truncatedTo(ChronoUnit.MILLIS)) : Optional.empty();
    }

    private static boolean wasOpened(Observed observed) {
        // The policy alone tells nothing: it may be there for a try.
        return observed.history().openedAt().isPresent() || observed.lease().isPresent();
    }

    private static Optional<Instant> closedAt(Observed observed, WindowPhase phase, Instant now) {
        boolean closed = phase == WindowPhase.CLOSED || phase == WindowPhase.FAILED;
        return closed
                ? observed.history().closedAt().or(() -> Optional.of(now.truncatedTo(ChronoUnit.MILLIS)))
                : Optional.empty();
    }

    private static OptionalLong closedLate(Optional<Instant> openedAt, Optional<Instant> closedAt, Instant end) {
        return openedAt.isPresent() && closedAt.isPresent()
                ? OptionalLong.of(
                        Math.max(0, Duration.between(end, closedAt.get()).toMillis()))
                : OptionalLong.empty();
    }

    private static PolicyWish policy(
            Observed observed, WindowPhase phase, Egress egress, ClosureEvidence evidence, boolean leave) {
        boolean triesTheWay = egress instanceof Egress.Shut(Ask ask) && ask instanceof Ask.Reach;
        if (egress instanceof Egress.Open || triesTheWay) {
            return PolicyWish.PRESENT;
        }
        boolean wait = phase == WindowPhase.OPEN || leave;
        return observed.policy() && wait && !evidence.podsClosed() ? PolicyWish.LEFT : PolicyWish.ABSENT;
    }

    private static Instant wakeAt(
            Observed observed,
            WindowPhase phase,
            Egress egress,
            ClosureEvidence evidence,
            boolean canaryRuns,
            Fact enforced,
            Instant end,
            Instant now) {
        return switch (phase) {
            case PENDING -> earlier(observed.plan().opensAt(), now.plus(waiting(observed, now)));
            case PREFLIGHT ->
                earlier(end, now.plus(egress.equals(new Egress.Shut()) ? LOOK_WHILE_BLOCKED : LOOK_WHILE_TRIED));
            case OPEN -> earlier(end, now.plus(LOOK_WHILE_OPEN));
            case CLOSING ->
                now.isBefore(end.plus(RIGHT_AFTER_THE_END))
                        ? now.plus(LOOK_RIGHT_AFTER_THE_END)
                        : now.plus(LOOK_WHILE_UNPROVEN);
            case CLOSED, FAILED -> now.plus(afterwards(evidence, canaryRuns, enforced));
        };
    }

    private static Duration afterwards(ClosureEvidence evidence, boolean canaryRuns, Fact enforced) {
        if (!(evidence instanceof ClosureEvidence.Proven(int pods)) || canaryRuns) {
            return LOOK_WHILE_UNPROVEN;
        }
        if (enforced.truth() == Truth.FALSE) {
            return LOOK_WHILE_OPEN;
        }
        return pods == 0 ? LOOK_WHILE_IDLE : LOOK_WHILE_WAITING;
    }

    /** Who misses something wants to see soon that it is there; the rest is looked at again before the start. */
    private static Duration waiting(Observed observed, Instant now) {
        boolean soon = now.plus(LOOK_WHILE_IDLE).isAfter(observed.plan().opensAt());
        return soon || PreflightFacts.blocked(observed) ? LOOK_WHILE_WAITING : LOOK_WHILE_IDLE;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
