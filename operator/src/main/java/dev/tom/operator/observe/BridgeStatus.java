package dev.tom.operator.observe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge says at {@code GET /status}. Fields this operator does not know are skipped, so that a newer bridge can be asked too; the ones
 * that prove closed egress are required.
 *
 * @param window name of the TestWindow it serves
 * @param pod its host name
 * @param startedAt when it started; with {@code pod} it names one run, whose counters only grow
 * @param backend who answers calls: {@code provider}, {@code local} or {@code announcement}
 * @param providerSockets open sockets to the provider
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BridgeStatus(
        String window,
        String pod,
        String startedAt,
        String backend,
        String backendReason,
        Lease lease,
        Integer providerSockets,
        Calls calls,
        Failovers failovers,
        Turns turns,
        Minutes minutes,
        Cost cost) {

    public BridgeStatus {
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(providerSockets, "providerSockets");
        window = orEmpty(window);
        pod = orEmpty(pod);
        startedAt = orEmpty(startedAt);
        backend = orEmpty(backend);
        backendReason = orEmpty(backendReason);
        calls = Objects.requireNonNullElse(calls, new Calls(0, 0, 0, 0));
        failovers = Objects.requireNonNullElse(failovers, new Failovers(0, 0, Map.of()));
        turns = Objects.requireNonNullElse(turns, new Turns(0, 0, 0));
        minutes = Objects.requireNonNullElse(minutes, new Minutes(0, 0));
        cost = Objects.requireNonNullElse(cost, new Cost(0, 0));
    }

    private static String orEmpty(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    /** Whether the bridge's own lease lets it use the provider. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Lease(Boolean allowed) {
        public Lease {
            Objects.requireNonNull(allowed, "lease.allowed");
        }
    }

    /** Calls: now, in all, lost, turned away. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Calls(int active, int total, int dropped, int refused) {}

    /** Moves away from the provider: of the whole pod, of single calls, and why. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Failovers(int pod, int call, Map<String, Integer> byReason) {
        public Failovers {
            byReason = Map.copyOf(Objects.requireNonNullElse(byReason, Map.of()));
        }
    }

    /** Answered turns and how long the caller waited, in milliseconds. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Turns(int count, double p50Millis, double p95Millis) {}

    /** Call minutes by who answered. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Minutes(double provider, double local) {}

    /** Cost records written, and their sum in EUR. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Cost(int records, double eur) {}
}
