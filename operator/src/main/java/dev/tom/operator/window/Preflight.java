package dev.tom.operator.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was found before a window may open.
 *
 * @param required what blocks opening; the rest is only shown
 * @param results the result of each check that was made, by check; one that is left out is unknown
 * @param missing what no window can open without, whatever it requires
 */
public record Preflight(Set<Check> required, Map<Check, Fact> results, List<Finding> missing) {

    /** Nothing was looked at: the window has opened, or is over. */
    public static final Preflight NOT_LOOKED = new Preflight(Set.of(), Map.of(), List.of());

    public Preflight {
        required = Set.copyOf(required);
        results = Map.copyOf(results);
        missing = List.copyOf(missing);
    }

    /** Nothing stands in the way of opening. */
    boolean passed() {
        return missing.isEmpty() && open(required).findAny().isEmpty();
    }

    /** All that opening needs is there except the proof that the provider can be reached, which takes an open network path. */
    boolean waitsForTheProviderOnly() {
        return missing.isEmpty()
                && required.contains(Check.PROVIDER_REACHABLE)
                && open(required).toList().equals(List.of(Check.PROVIDER_REACHABLE));
    }

    /** What people have to provide is there; what is left is the network path, and perhaps the proof that it leads somewhere. */
    boolean needsOnlyTheWay() {
        return passed() || waitsForTheProviderOnly();
    }

    /** What stands in the way for certain, most important first. */
    List<Finding> failed() {
        return findings(Truth.FALSE);
    }

    /** What stands in the way because nobody knows yet. */
    List<Finding> unknown() {
        return findings(Truth.UNKNOWN);
    }

    /** As the condition of a check has it. */
    Fact result(Check check) {
        Fact found = results.get(check);
        return found == null ? Fact.unknown(check.fact(), Reason.NOT_YET, "Nobody has looked yet.") : found;
    }

    private Stream<Check> open(Set<Check> checks) {
        return Stream.of(Check.values())
                .filter(checks::contains)
                .filter(check -> result(check).truth() != Truth.TRUE);
    }

    private List<Finding> findings(Truth truth) {
        var findings = new ArrayList<Finding>();
        if (truth == Truth.FALSE) {
            findings.addAll(missing);
        }
        open(required)
                .map(this::result)
                .filter(fact -> fact.truth() == truth)
                .map(fact -> new Finding(fact.reason(), fact.message()))
                .forEach(findings::add);
        return findings;
    }
}
