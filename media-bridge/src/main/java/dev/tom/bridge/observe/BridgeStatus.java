package dev.tom.bridge.observe;

import dev.tom.bridge.cost.CostLedger;
import dev.tom.bridge.egress.EgressSnapshot;
import dev.tom.bridge.session.DeskSnapshot;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bridge at one moment: the operator's evidence and the contract between the two.
 *
 * @param window WINDOW_NAME
 * @param pod name of the pod or host
 * @param configHash of the live settings in force
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
        CostLedger.Totals cost,
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
                .put(
                        "lease",
                        new JsonObject()
                                .put("allowed", egress.allowed())
                                .put("until", moment(egress.until()))
                                .put("reason", egress.reason().label()))
                .put("providerSockets", egress.sockets())
                .put("lastProviderSocketClosedAt", moment(egress.lastSocketClosedAt()))
                .put(
                        "calls",
                        new JsonObject()
                                .put("active", desk.activeCalls())
                                .put("total", counts.total())
                                .put("dropped", counts.dropped())
                                .put("refused", counts.refused()))
                .put(
                        "failovers",
                        new JsonObject()
                                .put("pod", counts.podFailovers())
                                .put("call", counts.callFailovers())
                                .put("byReason", byReason()))
                .put(
                        "turns",
                        new JsonObject()
                                .put("count", counts.turns())
                                .put("p50Millis", counts.turnP50Millis())
                                .put("p95Millis", counts.turnP95Millis()))
                .put(
                        "bargeIn",
                        new JsonObject().put("count", counts.bargeIns()).put("p95Millis", counts.bargeInP95Millis()))
                .put(
                        "minutes",
                        new JsonObject()
                                .put("provider", rounded(counts.providerMinutes()))
                                .put("local", rounded(counts.localMinutes())))
                .put("cost", new JsonObject().put("records", cost.records()).put("eur", cost.eur()))
                .put("overload", desk.rung().label())
                .put("draining", draining);
    }

    private JsonObject byReason() {
        var json = new JsonObject();
        counts.failoversByReason().forEach(json::put);
        return json;
    }

    private static BigDecimal rounded(double minutes) {
        return BigDecimal.valueOf(minutes).setScale(3, RoundingMode.HALF_UP);
    }

    private static @Nullable String moment(Optional<Instant> moment) {
        return moment.map(at -> at.truncatedTo(ChronoUnit.MILLIS).toString()).orElse(null);
    }
}
