package dev.tom.operator.report;

import dev.tom.operator.observe.BridgeStatus;
import dev.tom.operator.observe.RunAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was collected of a window so far. A value; {@link #with} makes the next one.
 *
 * @param runs by their keys; at most about {@link #MAX_RUNS}
 * @param folded earlier runs, of which only the sum is kept
 * @param series calls over time
 */
record Collected(SortedMap<String, BridgeRun> runs, Folded folded, Series series) {

    /** Runs that are kept one by one. Of more, those that are over and began first are folded. */
    static final int MAX_RUNS = 150;

    static final Collected NOTHING = new Collected(new TreeMap<>(), Folded.NONE, Series.EMPTY);

    Collected {
        runs = Collections.unmodifiableSortedMap(new TreeMap<>(runs));
    }

    /**
     * One look at the bridges.
     *
     * @param statuses of the bridges that answered
     * @param pods names of all pods that the API server lists
     * @param createdAt of the TestWindow: unknown runs from before it belong to another window of that name
     * @param closedAt when the window was proven closed; what happened later is not of it
     */
    record Look(List<BridgeStatus> statuses, Set<String> pods, Instant createdAt, Optional<Instant> closedAt) {}

    static Collected of(Collection<BridgeRun> runs, Folded folded, Series series) {
        var byKey = new TreeMap<String, BridgeRun>();
        runs.forEach(run -> byKey.put(run.key(), run));
        return new Collected(byKey, folded, series);
    }

    /**
     * Brought up to date. A run that answers speaks for itself; of one that does not, the ledger's word on money, conversation and calls
     * counts more than what the run itself told last, and everything else stays as it was told.
     */
    Collected with(Look look) {
        var next = new TreeMap<>(runs);
        var speaking = new HashSet<String>();
        for (BridgeStatus status : look.statuses()) {
            speaking.add(status.run());
            if (look.closedAt().isEmpty()) {
                BridgeRun run = BridgeRun.of(status);
                next.put(run.key(), run);
            }
        }
        for (BridgeStatus status : look.statuses()) {
            for (RunAccount account : status.ledger().dead()) {
                if (!speaking.contains(account.run()) && counts(account, look)) {
                    next.merge(account.run(), BridgeRun.of(account), (known, _) -> known.corrected(account));
                }
            }
        }
        return fold(next, look.pods());
    }

    private boolean counts(RunAccount account, Look look) {
        boolean ofThisWindow = runs.containsKey(account.run())
                || (account.beganSince(look.createdAt()) && !folded.covers(account.startedAt()));
        return ofThisWindow && look.closedAt().map(account::endedBy).orElse(true);
    }

    private Collected fold(SortedMap<String, BridgeRun> all, Set<String> pods) {
        if (all.size() <= MAX_RUNS) {
            return new Collected(all, folded, series);
        }
        Map<String, String> latest = new TreeMap<>();
        all.values().forEach(run -> latest.merge(run.pod(), run.startedAt(), (a, b) -> a.compareTo(b) > 0 ? a : b));
        List<BridgeRun> over = new ArrayList<>(all.values().stream()
                .filter(run -> !pods.contains(run.pod()) || !run.startedAt().equals(latest.get(run.pod())))
                .sorted(Comparator.comparing(BridgeRun::startedAt).thenComparing(BridgeRun::pod))
                .limit(all.size() - MAX_RUNS)
                .toList());
        Folded sum = folded;
        for (BridgeRun run : over) {
            all.remove(run.key());
            sum = sum.plus(run);
        }
        return new Collected(all, sum, series);
    }

    /** With one point more, when it says something new. */
    Collected with(Series.Point point) {
        return new Collected(runs, folded, series.with(point));
    }

    /** Everything that was counted. */
    RunFigures figures() {
        return runs.values().stream().map(BridgeRun::figures).reduce(folded.figures(), RunFigures::plus);
    }
}
