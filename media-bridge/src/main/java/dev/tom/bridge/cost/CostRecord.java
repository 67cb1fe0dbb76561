package dev.tom.bridge.cost;

import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.speech.TokenUsage;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * One line of the ledger.
 *
 * @param segment what happened
 * @param cost what it costs
 * @param window WINDOW_NAME, possibly empty
 * @param model the provider's model
 * @param tariff with which it was priced
 */
record CostRecord(CallSegment segment, SegmentCost cost, String window, String model, Tariff tariff) {

    private static final DateTimeFormatter FILE = DateTimeFormatter.ofPattern("'costs_'yyyyMMdd'.jsonl'");

    /** The file of the UTC day on which the segment ended. */
    String fileName() {
        return FILE.format(LocalDate.ofInstant(segment.end(), ZoneOffset.UTC));
    }

    /** One line of JSON without a line break. */
    String line() {
        TokenUsage usage = segment.usage();
        return new JsonObject()
                .put("call_id", segment.callId())
                .put("backend", segment.backend().label())
                .put(
                        "start_time",
                        segment.start().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("end_time", segment.end().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("stt_duration_s", seconds(segment.sttMillis()))
                .put("llm_duration_s", seconds(segment.llmMillis()))
                .put("tts_duration_s", seconds(segment.ttsMillis()))
                .put("stt_cost_eur", cost.stt())
                .put("llm_cost_eur", cost.llm())
                .put("tts_cost_eur", cost.tts())
                .put("total_cost_eur", cost.total())
                .put("window", window)
                .put("caller_hash", segment.callerHash())
                .put("ended_by", segment.endedBy())
                .put("model", model)
                .put(
                        "usage",
                        new JsonObject()
                                .put("text_input", usage.textInput())
                                .put("audio_input", usage.audioInput())
                                .put("cached_text", usage.cachedText())
                                .put("cached_audio", usage.cachedAudio())
                                .put("text_output", usage.textOutput())
                                .put("audio_output", usage.audioOutput())
                                .put(
                                        "transcription_model",
                                        usage.transcription().model())
                                .put(
                                        "transcription_input",
                                        usage.transcription().input())
                                .put(
                                        "transcription_output",
                                        usage.transcription().output())
                                .put(
                                        "transcription_s",
                                        seconds(usage.transcription().millis())))
                .put("tariff", tariff.id())
                .put("eur_per_usd", tariff.eurPerUsd())
                .put("priced", cost.priced())
                .put("adjusted", cost.adjusted())
                .encode();
    }

    private static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, 3);
    }
}
