package dev.tom.operator.reconcile;

import static dev.tom.operator.desired.EgressPolicyKind.CILIUM_NETWORK_POLICY;
import static dev.tom.operator.desired.EgressPolicyKind.NETWORK_POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.operator.reconcile.DueCuts.Candidate;
import dev.tom.operator.reconcile.DueCuts.Cut;
import dev.tom.operator.window.WindowMachine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DueCutsTest {

    private static final Instant END = Instant.parse("2026-12-01T10:00:00Z");

    private static Candidate candidate(String window, Instant endsAt, Instant plannedEnd, boolean callsMayRun) {
        return new Candidate(NETWORK_POLICY, "voice", window, endsAt, Optional.of(plannedEnd), callsMayRun);
    }

    private static Candidate idle(String window) {
        return candidate(window, END, END, false);
    }

    private static List<String> cutAt(Instant now, Candidate... candidates) {
        return DueCuts.at(now, List.of(candidates)).cuts().stream()
                .flatMap(cut -> cut.windows().stream())
                .toList();
    }

    @Test
    void nothingIsCutBeforeItsEnd() {
        DueCuts due = DueCuts.at(END.minusMillis(1), List.of(idle("a")));
        assertThat(due.cuts()).isEmpty();
        assertThat(due.next()).contains(END);
    }

    @Test
    void oneRequestCutsAllOfOneNamespaceAndOneEnd() {
        Instant later = END.plusSeconds(1);
        DueCuts due = DueCuts.at(
                later,
                List.of(
                        idle("b"),
                        idle("a"),
                        candidate("c", later, later, false),
                        new Candidate(NETWORK_POLICY, "other", "d", END, Optional.empty(), false)));
        assertThat(due.cuts())
                .containsExactly(
                        new Cut(NETWORK_POLICY, "other", END, List.of("d")),
                        new Cut(NETWORK_POLICY, "voice", END, List.of("a", "b")),
                        new Cut(NETWORK_POLICY, "voice", later, List.of("c")));
        assertThat(due.policies()).isEqualTo(4);
        assertThat(due.next()).isEmpty();
    }

    @Test
    void eachKindOfPolicyNeedsARequestOfItsOwn() {
        DueCuts due = DueCuts.at(
                END,
                List.of(new Candidate(CILIUM_NETWORK_POLICY, "voice", "b", END, Optional.empty(), false), idle("a")));
        assertThat(due.cuts())
                .containsExactly(
                        new Cut(NETWORK_POLICY, "voice", END, List.of("a")),
                        new Cut(CILIUM_NETWORK_POLICY, "voice", END, List.of("b")));
    }

    @Test
    void callsGetAMomentToMove() {
        Candidate talking = candidate("a", END, END, true);
        assertThat(cutAt(END, talking)).isEmpty();
        assertThat(DueCuts.at(END, List.of(talking)).next()).contains(END.plus(WindowMachine.POLICY_GRACE));
        assertThat(cutAt(END.plus(WindowMachine.POLICY_GRACE), talking)).containsExactly("a");
    }

    /** The spec says later, the label not yet: the policy is relabelled by the reconcile that the edit wakes, and must not be cut before. */
    @Test
    void anExtensionThatHasNotReachedThePolicyIsRespected() {
        Candidate extended = candidate("a", END, END.plusSeconds(600), false);
        assertThat(cutAt(END, extended, idle("b"))).containsExactly("b");
        assertThat(cutAt(END.plusSeconds(600), extended)).containsExactly("a");
    }

    /** The spec says earlier: that is an early end, which the reconcile closes with its evidence; the label alone never cuts sooner. */
    @Test
    void anEarlierPlanDoesNotCutBeforeTheLabel() {
        assertThat(cutAt(END.minusSeconds(1), candidate("a", END, END.minusSeconds(60), false)))
                .isEmpty();
    }

    @Test
    void aPolicyWithoutAWindowGoesAtItsEnd() {
        assertThat(cutAt(END, new Candidate(NETWORK_POLICY, "voice", "gone", END, Optional.empty(), false)))
                .containsExactly("gone");
    }

    @Test
    void longListsAreSplit() {
        List<Candidate> many = IntStream.range(0, 2 * DueCuts.MOST_PER_CUT + 1)
                .mapToObj(i -> idle("w" + i))
                .toList();
        DueCuts due = DueCuts.at(END, many);
        assertThat(due.cuts())
                .hasSize(3)
                .allSatisfy(cut -> assertThat(cut.windows()).hasSizeLessThanOrEqualTo(DueCuts.MOST_PER_CUT));
        assertThat(due.policies()).isEqualTo(many.size());
    }
}
