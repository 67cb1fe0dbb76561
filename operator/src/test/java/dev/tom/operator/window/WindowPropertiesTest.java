package dev.tom.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.operator.window.BridgeChecks.Said;
import dev.tom.operator.window.PreflightChecks.NamedSecret;
import dev.tom.operator.window.PreflightChecks.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a window, in any order and on any clock, some things hold. Seeds are fixed: a failure can be played again. */
class WindowPropertiesTest {

    private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");
    private static final int LIVES = 150;
    private static final int STEPS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyLifeKeepsThePromises(long seed) {
        var random = new Random(seed);
        for (int life = 0; life < LIVES; life++) {
            new Life(random).run();
        }
    }

    /** One window in its world. What a decision asks for is done, unless the operator dies over it. */
    private static final class Life {

        private final Random random;
        private final List<String> story = new ArrayList<>();
        private final Map<String, BridgeReading> bridges = new TreeMap<>();
        private final Set<Check> required = EnumSet.of(Check.SECRETS);
        private WindowPlan plan = WindowPlan.of(START, Duration.ofSeconds(60), true, false, false);
        private WindowHistory history = WindowHistory.NONE;
        private Optional<Instant> deleted = Optional.empty();
        private Optional<Instant> lease = Optional.empty();
        private boolean secret = true;
        private boolean policy;
        private Instant now = START.minusSeconds(30);

        Life(Random random) {
            this.random = random;
            if (random.nextBoolean()) {
                required.add(Check.PROVIDER_REACHABLE);
            }
            if (random.nextInt(4) == 0) {
                required.add(Check.CAPACITY);
            }
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                // Several things may happen before the operator looks again.
                for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                    change();
                }
                Observed seen = observed();
                Decision decision = WindowMachine.decide(seen, now);
                story.add(now + " " + decision.phase() + " " + decision.egress() + " " + decision.policy());
                holds(seen, decision);
                carryOut(decision);
            }
        }

        private void change() {
            switch (random.nextInt(15)) {
                case 0 -> now = now.plusMillis(random.nextInt(1, 4_000));
                case 1 -> now = now.plusSeconds(random.nextInt(1, 90));
                case 2 -> now = now.plus(Duration.ofHours(random.nextInt(1, 5)));
                case 3 -> now = now.minusSeconds(random.nextInt(1, 120));
                case 4 -> bridges.put("a", answer("a"));
                case 5 -> bridges.put("b", answer("b"));
                case 6 -> bridges.put("b", new BridgeReading.Silent("b", "no answer within 700 ms"));
                case 7 -> bridges.put("a", new BridgeReading.NotRunning("a"));
                case 8 -> bridges.remove(random.nextBoolean() ? "a" : "b");
                case 9 -> secret = random.nextInt(4) > 0;
                case 10 -> replan();
                case 11 -> policy = random.nextBoolean();
                case 12 -> {
                    if (random.nextInt(8) == 0) {
                        deleted = deleted.or(() -> Optional.of(now.plusSeconds(random.nextInt(-5, 20))));
                    }
                }
                case 13 -> sleepsOverTheEnd();
                default -> now = now.plusMillis(random.nextInt(1, 500));
            }
            story.add("  " + now + " " + plan + " " + bridges.values() + " secret " + secret + " policy " + policy);
        }

        /** The end comes while nobody looks, and so does an extension. */
        private void sleepsOverTheEnd() {
            if (history.phase().filter(phase -> phase == WindowPhase.OPEN).isPresent() && !plan.stop()) {
                now = history.endsAt().orElseThrow().plusMillis(random.nextInt(3_000));
                plan = WindowPlan.of(plan.opensAt(), Duration.ofSeconds(600), true, false, false);
            }
        }

        /** What the API server would let in: nothing of the time changes after the end, the start not after the opening. */
        private void replan() {
            if (history.ended()) {
                return;
            }
            Instant start =
                    history.openedAt().isPresent() ? plan.opensAt() : START.plusSeconds(random.nextInt(-60, 60));
            boolean stop = plan.stop() || random.nextInt(10) == 0;
            plan = WindowPlan.of(start, Duration.ofSeconds(random.nextInt(60, 300)), true, stop, false);
        }

        private BridgeReading answer(String pod) {
            boolean allowed = lease.filter(until -> now.isBefore(until)).isPresent();
            Said reached = switch (random.nextInt(3)) {
                case 0 -> new Said(Truth.TRUE, "");
                case 1 -> new Said(Truth.FALSE, "no connection.");
                default -> Said.NOTHING;
            };
            Optional<BridgeReading.Tried> tried = history.endsAt()
                    .map(end -> new BridgeReading.Tried(
                            end, CanaryOutcome.values()[random.nextInt(CanaryOutcome.values().length)]));
            return new BridgeReading.Answered(
                    pod,
                    allowed || random.nextInt(5) == 0 ? random.nextInt(3) : 0,
                    allowed,
                    allowed ? "provider" : "local",
                    "as told",
                    new BridgeChecks(Said.NOTHING, Said.NOTHING, Said.NOTHING, reached),
                    tried);
        }

        private Observed observed() {
            Presence presence = secret ? Presence.THERE : Presence.NO_SECRET;
            var found = new PreflightChecks.Found(
                    required,
                    true,
                    true,
                    history.openedAt().isPresent()
                            ? Optional.empty()
                            : Optional.of(List.of(new NamedSecret("spec", "s", "k", 20, presence))),
                    List.of(),
                    List.copyOf(bridges.values()),
                    bridges.size(),
                    1,
                    Truth.UNKNOWN);
            return new Observed(
                    plan,
                    history,
                    deleted,
                    history.ended() ? Preflight.NOT_LOOKED : PreflightChecks.of(found, history),
                    lease,
                    EgressChoice.NONE,
                    policy,
                    GatewayReading.ABSENT,
                    List.copyOf(bridges.values()),
                    bridges.size());
        }

        private void holds(Observed seen, Decision decision) {
            boolean open = decision.egress() instanceof Egress.Open;
            boolean tries = decision.egress() instanceof Egress.Shut(Ask ask) && ask instanceof Ask.Reach;
            if (open || tries) {
                say(decision.endsAt()).isAfter(now);
                assertThat(history.ended() || deleted.isPresent() || plan.stop())
                        .as("%s", story)
                        .isFalse();
            }
            if (tries || (open && history.openedAt().isEmpty() && lease.isEmpty())) {
                assertThat(now).as("%s", story).isAfterOrEqualTo(plan.opensAt());
            }
            if (open && history.openedAt().isPresent()) {
                // Bridges leave at the end they were told; nobody lets them back in.
                say(history.endsAt().orElseThrow()).isAfter(now);
            }
            if (open) {
                assertThat(decision.egress()).as("%s", story).isEqualTo(new Egress.Open(decision.endsAt()));
            }
            assertThat(decision.policy() == PolicyWish.PRESENT).as("%s", story).isEqualTo(open || tries);
            if (!policy) {
                assertThat(decision.policy()).as("%s", story).isNotEqualTo(PolicyWish.LEFT);
            }
            order(decision);
            if (history.ended()) {
                assertThat(decision.endsAt())
                        .as("%s", story)
                        .isEqualTo(history.endsAt().orElseThrow());
            }
            if (history.openedAt().isPresent()) {
                assertThat(decision.openedAt()).as("%s", story).isEqualTo(history.openedAt());
            }
            closing(seen, decision);
            assertThat(decision.wakeAt()).as("%s", story).isAfter(now);
        }

        /** Pending and Preflight may change places with the clock or the plan; after them there is one direction. */
        private void order(Decision decision) {
            int before = history.phase().map(Life::rank).orElse(0);
            assertThat(rank(decision.phase())).as("%s", story).isGreaterThanOrEqualTo(before);
            history.phase()
                    .filter(phase -> rank(phase) == 3)
                    .ifPresent(last -> assertThat(decision.phase() == WindowPhase.FAILED)
                            .as("%s", story)
                            .isEqualTo(last == WindowPhase.FAILED && decision.phase() == WindowPhase.FAILED));
        }

        private static int rank(WindowPhase phase) {
            return switch (phase) {
                case PENDING, PREFLIGHT -> 0;
                case OPEN -> 1;
                case CLOSING -> 2;
                case CLOSED, FAILED -> 3;
            };
        }

        private void closing(Observed seen, Decision decision) {
            if (history.closedAt().isPresent()) {
                assertThat(decision.closedAt()).as("%s", story).isEqualTo(history.closedAt());
            } else if (decision.closedAt().isPresent()) {
                assertThat(ClosureEvidence.of(seen)).as("%s", story).isInstanceOf(ClosureEvidence.Proven.class);
            }
            Fact enforced = decision.facts().stream()
                    .filter(fact -> fact.type() == FactType.EGRESS_ENFORCED)
                    .findFirst()
                    .orElseThrow();
            if (enforced.truth() != Truth.UNKNOWN) {
                assertThat(decision.phase()).as("%s", story).isEqualTo(WindowPhase.CLOSED);
                assertThat(decision.openedAt()).as("%s", story).isPresent();
            }
            boolean socketsOpen = seen.providerSockets() > 0;
            boolean patient = deleted.filter(at -> now.isBefore(at.plus(WindowMachine.DELETION_PATIENCE)))
                    .isPresent();
            if (decision.release() && patient && decision.openedAt().isPresent()) {
                assertThat(socketsOpen).as("%s", story).isFalse();
            }
        }

        private org.assertj.core.api.AbstractInstantAssert<?> say(Instant instant) {
            return assertThat(instant).as("%s", story);
        }

        private void carryOut(Decision decision) {
            if (random.nextInt(12) == 0) {
                return; // it died before anything was done
            }
            policy = switch (decision.policy()) {
                case PRESENT -> true;
                case LEFT -> policy;
                case ABSENT -> false;
            };
            lease = decision.egress() instanceof Egress.Open(Instant until) ? Optional.of(until) : Optional.empty();
            if (random.nextInt(12) == 0) {
                return; // it died before it could remember
            }
            history = new WindowHistory(
                    Optional.of(decision.phase()),
                    Optional.of(decision.endsAt()),
                    decision.openedAt(),
                    decision.closedAt(),
                    decision.facts().stream().collect(Collectors.toMap(Fact::type, Function.identity())));
            Decision again = WindowMachine.decide(observed(), now);
            assertThat(again.phase() == decision.phase() ? again.endsAt() : decision.endsAt())
                    .as("%s", story)
                    .isEqualTo(decision.endsAt());
        }
    }
}
