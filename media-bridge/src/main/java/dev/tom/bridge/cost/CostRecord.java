package dev.tom.bridge.cost;

import dev.tom.bridge.cost.account.AccountEntry;
import dev.tom.bridge.cost.account.AccountLine;
import dev.tom.bridge.cost.account.Tokens;
import dev.tom.bridge.cost.journal.JournalOrigin;
import dev.tom.bridge.cost.journal.UsageFields;
import dev.tom.bridge.cost.tariff.SegmentCost;
import dev.tom.bridge.cost.tariff.Tariff;
import dev.tom.bridge.cost.tariff.TariffVersion;
import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.TokenUsage;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One line of the ledger. Pure.
 *
 * @param segment what happened
 * @param cost what it costs
 * @param origin who owes it
 * @param model the provider's model; empty for a segment that was not on the provider
 * @param tariff with which it was priced; empty when none holds at its start
 */
record CostRecord(
        CallSegment segment, SegmentCost cost, JournalOrigin origin, String model, Optional<TariffVersion> tariff) {

    private static final DateTimeFormatter FILE = DateTimeFormatter.ofPattern("'costs_'yyyyMMdd'.jsonl'");

    /** Prices a segment with what holds at its start. */
    static CostRecord of(CallSegment segment, JournalOrigin origin, Tariff tariff) {
        String model = segment.backend() == BackendKind.PROVIDER ? origin.model() : "";
        Optional<TariffVersion> version = tariff.at(segment.start());
        return new CostRecord(
                segment,
                version.map(prices -> prices.cost(segment, model)).orElse(SegmentCost.UNPRICED),
                origin,
                model,
                version);
    }

    /** The file of the UTC day on which the segment ended. */
    String fileName() {
        return fileName(LocalDate.ofInstant(segment.end(), ZoneOffset.UTC));
    }

    static String fileName(LocalDate day) {
        return FILE.format(day);
    }

    /** One line of JSON without a line break. The fields up to the total are the original's and keep their names. */
    String line() {
        return new JsonObject()
                .put("call_id", segment.callId())
                .put("backend", segment.backend().label())
                .put("start_time", start().toString())
                .put("end_time", end().toString())
                .put("stt_duration_s", seconds(segment.use().sttMillis()))
                .put("llm_duration_s", seconds(segment.use().llmMillis()))
                .put("tts_duration_s", seconds(segment.use().ttsMillis()))
                .put("stt_cost_eur", cost.stt())
                .put("llm_cost_eur", cost.llm())
                .put("tts_cost_eur", cost.tts())
                .put("total_cost_eur", cost.total())
                .put("id", segment.id())
                .put("window", origin.window())
                .put(AccountLine.RUN, origin.run())
                .put(AccountLine.SEGMENT, segment.opened().number())
                .put("caller_hash", segment.callerHash())
                .put("ended_by", segment.endedBy())
                .put("model", model)
                .put("usage", UsageFields.of(segment.usage()))
                .put("tariff", tariff.map(TariffVersion::id).orElse(null))
                .put("eur_per_usd", tariff.map(TariffVersion::eurPerUsd).orElse(null))
                .put(
                        "eur_rate_date",
                        tariff.flatMap(TariffVersion::rateDate)
                                .map(LocalDate::toString)
                                .orElse(null))
                .put("priced", cost.priced())
                .put("adjusted", cost.adjusted())
                .encode();
    }

    /** What a reader of the line takes from it. */
    AccountEntry entry() {
        TokenUsage usage = segment.usage();
        return new AccountEntry(
                origin.run(),
                origin.window(),
                segment.id(),
                segment.backend().label(),
                segment.opened().number() == OpenSegment.FIRST,
                end(),
                AccountEntry.sums(
                        Duration.between(start(), end()).toMillis(),
                        cost.stt(),
                        cost.llm(),
                        cost.tts(),
                        cost.priced(),
                        new Tokens(
                                usage.textInput() + usage.audioInput(),
                                usage.cachedText() + usage.cachedAudio(),
                                usage.textOutput() + usage.audioOutput())));
    }

    private Instant start() {
        return segment.start().truncatedTo(ChronoUnit.MILLIS);
    }

    private Instant end() {
        return segment.end().truncatedTo(ChronoUnit.MILLIS);
    }

    private static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, 3);
    }
}
