package dev.tom.operator.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.tom.operator.observe.BackendAccount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all runs come to, as it is shown. Amounts are exact sums of the records; shares and prices per minute are rounded.
 *
 * @param failoverReasons of pods and calls
 * @param errors troubles with the provider, by reason
 * @param turns over all backends
 * @param backends by name, those that were used
 * @param millis of conversation with the provider and the local pipeline
 * @param minutes the same in minutes, to the millisecond or nearly so
 * @param costEur of all records
 * @param costPerMinuteEur over all of {@code minutes}; absent without any
 */
public record Totals(
        int calls,
        int dropped,
        int refused,
        int steered,
        int shed,
        int podFailovers,
        int callFailovers,
        SortedMap<String, Integer> failoverReasons,
        SortedMap<String, Integer> errors,
        Latency turns,
        Latency bargeIns,
        SortedMap<String, Backend> backends,
        long millis,

        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal minutes,

        long costRecords,
        long unpricedRecords,

        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal costEur,

        Kinds costByKind,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        BigDecimal costPerMinuteEur) {

    static final String PROVIDER = "provider";
    static final String LOCAL = "local";

    /** Reasons to leave the provider that are no failure of it. */
    private static final Set<String> NO_TROUBLE =
            Set.of("egress_closed", "session_expired", "saturated", "fallback_disabled");

    private static final Set<String> CONVERSATION = Set.of(PROVIDER, LOCAL);
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60_000);
    private static final int AMOUNT = 6;

    /** Answered turns, or interruptions. */
    public record Latency(long count, int p50Millis, int p95Millis) {
        static Latency of(Histogram histogram) {
            return new Latency(histogram.count(), histogram.percentile(50), histogram.percentile(95));
        }
    }

    /** Cost by what was paid for: listening, thinking, speaking. */
    public record Kinds(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal stt,

            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal llm,

            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal tts) {}

    /**
     * One backend.
     *
     * @param sharePercent of the conversation with provider and local pipeline; absent for announcements, and without any conversation
     */
    public record Backend(
            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal sharePercent,

            long millis,

            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal minutes,

            Latency turns,
            long costRecords,

            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal costEur,

            Kinds costByKind,

            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal costPerMinuteEur,

            long tokensIn,
            long tokensCached,
            long tokensOut) {}

    static Totals of(RunFigures figures) {
        BackendAccount all = figures.backends().values().stream().reduce(BackendAccount.NONE, BackendAccount::plus);
        long millis = CONVERSATION.stream()
                .mapToLong(backend -> figures.of(backend, BackendAccount::millis))
                .sum();
        var backends = new TreeMap<String, Backend>();
        figures.turns().keySet().forEach(name -> backends.put(name, backend(name, figures, millis)));
        figures.backends().keySet().forEach(name -> backends.put(name, backend(name, figures, millis)));
        return new Totals(
                figures.calls(),
                figures.dropped(),
                figures.refused(),
                figures.steered(),
                figures.shed(),
                figures.podFailovers(),
                figures.callFailovers(),
                figures.failoverReasons(),
                figures.errors(),
                Latency.of(figures.allTurns()),
                Latency.of(figures.bargeIns()),
                backends,
                millis,
                minutes(millis),
                all.records(),
                all.unpriced(),
                amount(all.eur()),
                kinds(all),
                perMinute(all.eur(), millis));
    }

    private static Backend backend(String name, RunFigures figures, long conversation) {
        BackendAccount account = figures.of(name, all -> all);
        return new Backend(
                CONVERSATION.contains(name) && conversation > 0 ? percent(account.millis(), conversation) : null,
                account.millis(),
                minutes(account.millis()),
                Latency.of(figures.turns().getOrDefault(name, Histogram.EMPTY)),
                account.records(),
                amount(account.eur()),
                kinds(account),
                perMinute(account.eur(), account.millis()),
                account.tokensIn(),
                account.tokensCached(),
                account.tokensOut());
    }

    private static Kinds kinds(BackendAccount account) {
        return new Kinds(amount(account.sttEur()), amount(account.llmEur()), amount(account.ttsEur()));
    }

    /** Six decimals, as the records have; more where a record has more. */
    private static BigDecimal amount(BigDecimal eur) {
        return eur.setScale(Math.max(AMOUNT, eur.scale()), RoundingMode.UNNECESSARY);
    }

    private static BigDecimal minutes(long millis) {
        return BigDecimal.valueOf(millis).divide(MINUTE, 5, RoundingMode.HALF_UP);
    }

    private static BigDecimal percent(long part, long whole) {
        return BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
    }

    private static @Nullable BigDecimal perMinute(BigDecimal eur, long millis) {
        return millis == 0
                ? null
                : eur.multiply(MINUTE).divide(BigDecimal.valueOf(millis), AMOUNT, RoundingMode.HALF_UP);
    }

    /** Moves away from the provider, of pods and of single calls, for whatever reason. */
    public int failovers() {
        return podFailovers + callFailovers;
    }

    /** Those of them that the provider caused. */
    int troubledFailovers() {
        return failoverReasons.entrySet().stream()
                .filter(reason -> !NO_TROUBLE.contains(reason.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    Latency turnsOf(String backend) {
        Backend found = backends.get(backend);
        return found == null ? Latency.of(Histogram.EMPTY) : found.turns();
    }
}
