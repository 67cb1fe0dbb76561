package dev.tom.operator.observe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.tom.operator.window.BridgeChecks;
import dev.tom.operator.window.BridgeChecks.Said;
import dev.tom.operator.window.BridgeReading;
import dev.tom.operator.window.Truth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * @param preflight what it stands on
 * @param canary its try to reach the provider after the end
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
        Errors errors,
        Turns turns,
        Latency bargeIn,
        Ledger ledger,
        PreflightStatus preflight,
        CanaryStatus canary) {

    public BridgeStatus {
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(providerSockets, "providerSockets");
        window = orEmpty(window);
        pod = orEmpty(pod);
        startedAt = orEmpty(startedAt);
        backend = orEmpty(backend);
        backendReason = orEmpty(backendReason);
        calls = Objects.requireNonNullElse(calls, Calls.NONE);
        failovers = Objects.requireNonNullElse(failovers, new Failovers(0, 0, Map.of()));
        errors = Objects.requireNonNullElse(errors, new Errors(Map.of()));
        turns = Objects.requireNonNullElse(turns, new Turns(Map.of()));
        bargeIn = Objects.requireNonNullElse(bargeIn, new Latency(Map.of()));
        ledger = Objects.requireNonNullElse(ledger, new Ledger(RunAccount.NONE, List.of(), 0));
        preflight = Objects.requireNonNullElse(preflight, PreflightStatus.NOTHING);
        canary = Objects.requireNonNullElse(canary, CanaryStatus.NONE);
    }

    /**
     * As far as the decision needs it.
     *
     * @param name of the pod, from the API server
     * @param workerFailure the last words of its speech worker, if it ended by itself
     */
    BridgeReading reading(String name, Optional<String> workerFailure) {
        BridgeChecks said = preflight.said();
        return new BridgeReading.Answered(
                name,
                providerSockets,
                lease.allowed(),
                backend,
                backendReason,
                said.models().truth() == Truth.UNKNOWN && workerFailure.isPresent()
                        ? said.withModels(new Said(Truth.FALSE, workerFailure.get()))
                        : said,
                canary.tried());
    }

    /** Names this run among all runs of all bridges, as the ledger does. */
    public String run() {
        return pod + "@" + startedAt;
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

    /**
     * Calls.
     *
     * @param active now
     * @param total in all
     * @param dropped lost, shed ones included
     * @param refused not taken
     * @param steered sent to another pod
     * @param shed ended for want of room
     * @param live who answers them now, by the backend's name
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Calls(
            int active, int total, int dropped, int refused, int steered, int shed, Map<String, Integer> live) {
        static final Calls NONE = new Calls(0, 0, 0, 0, 0, 0, Map.of());

        public Calls {
            live = Map.copyOf(Objects.requireNonNullElse(live, Map.of()));
        }
    }

    /** Moves away from the provider: of the whole pod, of single calls, and why. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Failovers(int pod, int call, Map<String, Integer> byReason) {
        public Failovers {
            byReason = Map.copyOf(Objects.requireNonNullElse(byReason, Map.of()));
        }
    }

    /** Troubles of calls with the provider, and why. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Errors(Map<String, Integer> byReason) {
        public Errors {
            byReason = Map.copyOf(Objects.requireNonNullElse(byReason, Map.of()));
        }
    }

    /** How long callers waited for answers, by the name of the backend that answered. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Turns(Map<String, Latency> byBackend) {
        public Turns {
            byBackend = Map.copyOf(Objects.requireNonNullElse(byBackend, Map.of()));
        }
    }

    /** Latencies: how many were at most so long, in milliseconds, and longer than the next shorter one that is named. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Latency(Map<Integer, Long> histogram) {
        public Latency {
            histogram = Map.copyOf(Objects.requireNonNullElse(histogram, Map.of()));
        }
    }

    /**
     * What the cost ledger says.
     *
     * @param own of this run
     * @param dead runs of this window that are over and owe no record, as far as this bridge sees their files
     * @param omitted dead runs that are not told, for want of room
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Ledger(RunAccount own, List<RunAccount> dead, long omitted) {
        public Ledger {
            own = Objects.requireNonNullElse(own, RunAccount.NONE);
            dead = List.copyOf(Objects.requireNonNullElse(dead, List.of()));
        }
    }
}
