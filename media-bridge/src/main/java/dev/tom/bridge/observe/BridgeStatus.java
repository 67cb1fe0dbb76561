package dev.tom.bridge.observe;

import dev.tom.bridge.cost.account.LedgerStatus;
import dev.tom.bridge.egress.EgressSnapshot;
import dev.tom.bridge.preflight.PreflightSnapshot;
import dev.tom.bridge.session.DeskSnapshot;
import dev.tom.bridge.speech.BackendKind;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bridge at one moment: the operator's evidence and the contract between the two.
 *
 * @param window WINDOW_NAME
 * @param pod name of the pod or host
 * @param configHash of the live settings in force
 * @param ledger what this run has recorded, and what is known of dead ones
 * @param preflight what the bridge stands on
 */
public record BridgeStatus(
        String window,
        String pod,
        Instant startedAt,
        Instant now,
        String configHash,
        DeskSnapshot desk,
        EgressSnapshot egress,
        CallCounts counts,
        LedgerStatus ledger,
        PreflightSnapshot preflight,
        boolean draining) {

    public JsonObject toJson() {
        return new JsonObject()
                .put("window", window)
                .put("pod", pod)
                .put("startedAt", moment(Optional.of(startedAt)))
                .put("now", moment(Optional.of(now)))
                .put("configHash", configHash)
                .put("backend", desk.newCallsGoTo().label())
                .put("backendReason", desk.reason())
                .put("lease", lease())
                .put("providerSockets", egress.sockets())
                .put("lastProviderSocketClosedAt", moment(egress.lastSocketClosedAt()))
                .put("calls", calls())
                .put("failovers", failovers())
                .put("errors", new JsonObject().put("byReason", numbers(counts.errors())))
                .put("turns", percentiles(counts.turns()).put("byBackend", turnsByBackend()))
                .put("bargeIn", latency(counts.bargeIns()))
                .put("minutes", minutes())
                .put("cost", LedgerJson.cost(ledger.own()))
                .put("ledger", LedgerJson.of(ledger))
                .put("preflight", PreflightJson.of(preflight))
                .put("canary", PreflightJson.canary(preflight))
                .put("overload", desk.rung().label())
                .put("draining", draining);
    }

    private JsonObject lease() {
        return new JsonObject()
                .put("allowed", egress.allowed())
                .put("until", moment(egress.until()))
                .put("reason", egress.reason().label());
    }

    private JsonObject calls() {
        return new JsonObject()
                .put("active", desk.activeCalls())
                .put("total", counts.total())
                .put("dropped", counts.dropped())
                .put("refused", counts.refused())
                .put("steered", counts.steered())
                .put("shed", counts.shed())
                .put("live", numbers(counts.live()));
    }

    private JsonObject failovers() {
        return new JsonObject()
                .put("pod", counts.podFailovers())
                .put("call", counts.callFailovers())
                .put("byReason", numbers(counts.failoversByReason()));
    }

    private static JsonObject numbers(Map<?, Long> counts) {
        var json = new JsonObject();
        counts.forEach((name, count) -> json.put(String.valueOf(name), count));
        return json;
    }

    private JsonObject turnsByBackend() {
        var json = new JsonObject();
        counts.turnsByBackend().forEach((backend, turns) -> json.put(backend, latency(turns)));
        return json;
    }

    private static JsonObject percentiles(CallCounts.Latency latency) {
        return new JsonObject()
                .put("count", latency.count())
                .put("p50Millis", latency.p50Millis())
                .put("p95Millis", latency.p95Millis());
    }

    private static JsonObject latency(CallCounts.Latency latency) {
        return percentiles(latency).put("histogram", numbers(latency.histogram()));
    }

    private JsonObject minutes() {
        return new JsonObject().put("provider", minutes(BackendKind.PROVIDER)).put("local", minutes(BackendKind.LOCAL));
    }

    /** Of segments that are over; to the millisecond they stand in the account. */
    private BigDecimal minutes(BackendKind backend) {
        return BigDecimal.valueOf(ledger.own().millis(backend.label()))
                .divide(BigDecimal.valueOf(60_000), 3, RoundingMode.HALF_UP);
    }

    private static @Nullable String moment(Optional<Instant> moment) {
        return moment.map(at -> at.truncatedTo(ChronoUnit.MILLIS).toString()).orElse(null);
    }
}
