package dev.tom.operator.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.tom.operator.observe.BackendAccount;
import dev.tom.operator.observe.BridgeStatus;
import dev.tom.operator.observe.RunAccount;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is counted of a run, or of several.
 *
 * @param calls that began
 * @param dropped lost, shed ones included
 * @param failoverReasons of pods and calls
 * @param errors troubles with the provider, by reason
 * @param turns the caller's wait for an answer, by the name of the backend
 * @param bargeIns from the caller's first sound to the last of the answer
 * @param backends cost and conversation, by the name of the backend
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunFigures(
        int calls,
        int dropped,
        int refused,
        int steered,
        int shed,
        int podFailovers,
        int callFailovers,
        SortedMap<String, Integer> failoverReasons,
        SortedMap<String, Integer> errors,
        SortedMap<String, Histogram> turns,
        Histogram bargeIns,
        SortedMap<String, BackendAccount> backends) {

    public static final RunFigures NONE = new RunFigures(
            0, 0, 0, 0, 0, 0, 0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Histogram.EMPTY, new TreeMap<>());

    public RunFigures {
        failoverReasons = copy(failoverReasons);
        errors = copy(errors);
        turns = copy(turns);
        bargeIns = Objects.requireNonNullElse(bargeIns, Histogram.EMPTY);
        backends = copy(backends);
    }

    private static <V> SortedMap<String, V> copy(@Nullable SortedMap<String, V> map) {
        return map == null ? new TreeMap<>() : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** As a bridge tells them of itself. */
    static RunFigures of(BridgeStatus status) {
        var turns = new TreeMap<String, Histogram>();
        status.turns().byBackend().forEach((backend, latency) -> {
            if (!latency.histogram().isEmpty()) {
                turns.put(backend, Histogram.of(latency.histogram()));
            }
        });
        return new RunFigures(
                status.calls().total(),
                status.calls().dropped(),
                status.calls().refused(),
                status.calls().steered(),
                status.calls().shed(),
                status.failovers().pod(),
                status.failovers().call(),
                new TreeMap<>(status.failovers().byReason()),
                new TreeMap<>(status.errors().byReason()),
                turns,
                Histogram.of(status.bargeIn().histogram()),
                new TreeMap<>(status.ledger().own().backends()));
    }

    /**
     * The same with the ledger's word on money, conversation and calls. A call is counted when it begins, a record when its segment ends: of
     * both numbers of calls the greater is right.
     */
    RunFigures with(RunAccount account) {
        return new RunFigures(
                Math.max(calls, account.calls()),
                dropped,
                refused,
                steered,
                shed,
                podFailovers,
                callFailovers,
                failoverReasons,
                errors,
                turns,
                bargeIns,
                new TreeMap<>(account.backends()));
    }

    RunFigures plus(RunFigures more) {
        return new RunFigures(
                calls + more.calls,
                dropped + more.dropped,
                refused + more.refused,
                steered + more.steered,
                shed + more.shed,
                podFailovers + more.podFailovers,
                callFailovers + more.callFailovers,
                sum(failoverReasons, more.failoverReasons, Integer::sum),
                sum(errors, more.errors, Integer::sum),
                sum(turns, more.turns, Histogram::plus),
                bargeIns.plus(more.bargeIns),
                sum(backends, more.backends, BackendAccount::plus));
    }

    private static <V> SortedMap<String, V> sum(
            SortedMap<String, V> one, SortedMap<String, V> other, BinaryOperator<V> plus) {
        var sum = new TreeMap<>(one);
        other.forEach((key, value) -> sum.merge(key, value, plus));
        return sum;
    }

    /** Cost records. */
    long records() {
        return backends.values().stream().mapToLong(BackendAccount::records).sum();
    }

    /** Answered turns of all backends. */
    Histogram allTurns() {
        return turns.values().stream().reduce(Histogram.EMPTY, Histogram::plus);
    }

    <V> V of(String backend, Function<BackendAccount, V> figure) {
        return figure.apply(backends.getOrDefault(backend, BackendAccount.NONE));
    }
}
