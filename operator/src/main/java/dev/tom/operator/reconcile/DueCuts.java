package dev.tom.operator.reconcile;

import dev.tom.operator.desired.EgressPolicyKind;
import dev.tom.operator.window.WindowMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which provider-egress policies have to go at a moment, in as few requests as possible. Fail-safe: names only policies whose own label says that
 * their end has passed, and none that an extension has not reached yet. Pure.
 *
 * @param cuts one request each
 * @param next when the next policy is due, if any is waiting
 */
record DueCuts(List<Cut> cuts, Optional<Instant> next) {

    /** Bounds the length of a request's address: a name has at most 63 characters. */
    static final int MOST_PER_CUT = 100;

    DueCuts {
        cuts = List.copyOf(cuts);
    }

    /**
     * A provider-egress policy as the caches show it.
     *
     * @param endsAt what its label says
     * @param plannedEnd the end by the spec of its window; empty without a window
     * @param callsMayRun whether a bridge of the window may still have a call to move
     */
    record Candidate(
            EgressPolicyKind kind,
            String namespace,
            String window,
            Instant endsAt,
            Optional<Instant> plannedEnd,
            boolean callsMayRun) {

        private Instant dueAt() {
            Instant end = plannedEnd.filter(planned -> planned.isAfter(endsAt)).orElse(endsAt);
            return callsMayRun ? end.plus(WindowMachine.POLICY_GRACE) : end;
        }
    }

    /** Policies of one kind, one namespace and one end. */
    record Cut(EgressPolicyKind kind, String namespace, Instant endsAt, List<String> windows) {
        Cut {
            windows = List.copyOf(windows);
        }
    }

    static DueCuts at(Instant now, List<Candidate> candidates) {
        Optional<Instant> next = Optional.empty();
        Map<Together, TreeSet<String>> due = new TreeMap<>(Together.ORDER);
        for (Candidate candidate : candidates) {
            Instant dueAt = candidate.dueAt();
            if (now.isBefore(dueAt)) {
                next = next.filter(dueAt::isAfter).or(() -> Optional.of(dueAt));
            } else {
                due.computeIfAbsent(Together.of(candidate), together -> new TreeSet<>())
                        .add(candidate.window());
            }
        }
        var cuts = new ArrayList<Cut>();
        due.forEach((together, windows) -> cuts.addAll(split(together, windows)));
        return new DueCuts(cuts, next);
    }

    /** What one request can name. */
    private record Together(String namespace, Instant endsAt, EgressPolicyKind kind) {

        private static final Comparator<Together> ORDER = Comparator.comparing(Together::namespace)
                .thenComparing(Together::endsAt)
                .thenComparing(Together::kind);

        private static Together of(Candidate candidate) {
            return new Together(candidate.namespace(), candidate.endsAt(), candidate.kind());
        }
    }

    private static List<Cut> split(Together together, TreeSet<String> windows) {
        List<String> all = List.copyOf(windows);
        var cuts = new ArrayList<Cut>();
        for (int from = 0; from < all.size(); from += MOST_PER_CUT) {
            cuts.add(new Cut(
                    together.kind(),
                    together.namespace(),
                    together.endsAt(),
                    all.subList(from, Math.min(all.size(), from + MOST_PER_CUT))));
        }
        return cuts;
    }

    int policies() {
        return cuts.stream().mapToInt(cut -> cut.windows().size()).sum();
    }
}
