package dev.tom.bridge.cost.account;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The accounts of all other runs of one window, made from their records. Of each account only sums are kept, so that it does not matter how
 * many records there are. Not thread-safe.
 */
final class RunBook {

    /** Runs that are kept; of more, those that ended first are forgotten. */
    static final int MAX_RUNS = 2_000;

    /** Records by which a doubled one is recognized: it stands close to its twin. */
    static final int RECENT = 20_000;

    private final String window;
    private final String ownRun;
    private final Map<String, RunAccount> accounts = new HashMap<>();
    private final Set<String> recent = new LinkedHashSet<>();

    RunBook(String window, String ownRun) {
        this.window = window;
        this.ownRun = ownRun;
    }

    /** Takes a line of a file. Lines that are no records, or of other windows, change nothing. */
    void take(String line) {
        AccountLine.parse(line)
                .filter(entry -> entry.window().equals(window) && !entry.run().equals(ownRun))
                .filter(entry -> isNew(entry.id()))
                .ifPresent(entry -> accounts.merge(
                        entry.run(), RunAccount.empty(entry.run()).plus(entry), (account, _) -> account.plus(entry)));
        if (accounts.size() > MAX_RUNS) {
            accounts.values().stream()
                    .min(Comparator.comparing(RunAccount::lastEnd))
                    .ifPresent(oldest -> accounts.remove(oldest.run()));
        }
    }

    private boolean isNew(String id) {
        if (!recent.add(id)) {
            return false;
        }
        if (recent.size() > RECENT) {
            recent.remove(recent.iterator().next());
        }
        return true;
    }

    /** Begins anew. */
    void clear() {
        accounts.clear();
        recent.clear();
    }

    /** The accounts of runs that are not among {@code alive}, the latest first. */
    List<RunAccount> without(Set<String> alive) {
        return accounts.values().stream()
                .filter(account -> !alive.contains(account.run()))
                .sorted(Comparator.comparing(RunAccount::lastEnd).reversed().thenComparing(RunAccount::run))
                .toList();
    }
}
