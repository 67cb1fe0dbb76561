package dev.tom.operator.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.tom.operator.observe.BridgeStatus;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The last figures of one run of one bridge; a restart begins a new run with counters at zero.
 *
 * @param pod host name of the pod
 * @param startedAt when the run began
 * @param p50Millis median of the caller's wait for an answer
 * @param p95Millis 95th percentile of it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BridgeRun(
        String pod,
        String startedAt,
        int calls,
        int dropped,
        int refused,
        int podFailovers,
        int callFailovers,
        Map<String, Integer> failoverReasons,
        int turns,
        double p50Millis,
        double p95Millis,
        double providerMinutes,
        double localMinutes,
        int costRecords,
        double costEur) {

    public BridgeRun {
        failoverReasons = new TreeMap<>(Objects.requireNonNullElse(failoverReasons, Map.of()));
    }

    static BridgeRun of(BridgeStatus status) {
        return new BridgeRun(
                status.pod(),
                status.startedAt(),
                status.calls().total(),
                status.calls().dropped(),
                status.calls().refused(),
                status.failovers().pod(),
                status.failovers().call(),
                status.failovers().byReason(),
                status.turns().count(),
                status.turns().p50Millis(),
                status.turns().p95Millis(),
                status.minutes().provider(),
                status.minutes().local(),
                status.cost().records(),
                status.cost().eur());
    }

    String key() {
        return pod + "@" + startedAt;
    }
}
