package dev.tom.bridge.cost.tariff;

import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.session.SegmentUse;
import dev.tom.bridge.speech.TokenUsage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Prices that hold for a time. Immutable.
 *
 * @param id names the version in each record
 * @param from first moment it holds
 * @param until first moment it no longer holds
 * @param eurPerUsd the rate in use
 * @param rateDate the day the rate is of, when it is known
 * @param models prices by model id
 * @param transcription prices of writing down the caller's words, by model id
 * @param local prices of the local engines
 */
public record TariffVersion(
        String id,
        Instant from,
        Instant until,
        BigDecimal eurPerUsd,
        Optional<LocalDate> rateDate,
        Map<String, Prices.Tokens> models,
        Map<String, TranscriptionPrice> transcription,
        Prices.Engines local) {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);
    private static final Pattern DATED = Pattern.compile("(.+)-[0-9]{4}-[0-9]{2}-[0-9]{2}");

    public TariffVersion {
        models = Map.copyOf(models);
        transcription = Map.copyOf(transcription);
    }

    boolean holdsAt(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }

    /** The prices of a model, also under a dated name such as {@code gpt-realtime-2.1-2026-07-01}. */
    public Optional<Prices.Tokens> prices(String model) {
        return named(models, model);
    }

    /**
     * What a segment costs.
     *
     * @param model the provider's model, for a segment on the provider
     */
    public SegmentCost cost(CallSegment segment, String model) {
        return switch (segment.backend()) {
            case PROVIDER ->
                prices(model).map(prices -> provider(prices, segment.usage())).orElse(SegmentCost.UNPRICED);
            case LOCAL, ANNOUNCEMENT -> engines(segment.use());
        };
    }

    private SegmentCost engines(SegmentUse use) {
        return new SegmentCost(
                hours(local.stt(), use.sttMillis()),
                hours(local.llm(), use.llmMillis()),
                hours(local.tts(), use.ttsMillis()),
                true,
                false);
    }

    private SegmentCost provider(Prices.Tokens price, TokenUsage usage) {
        long cachedText = Math.min(usage.cachedText(), usage.textInput());
        long cachedAudio = Math.min(usage.cachedAudio(), usage.audioInput());
        Optional<TranscriptionPrice> transcribed =
                named(transcription, usage.transcription().model());
        return new SegmentCost(
                eur(price.audioInput(), usage.audioInput() - cachedAudio)
                        .add(eur(price.audioCached(), cachedAudio))
                        .add(transcribed
                                .map(one -> one.usd(usage.transcription()).multiply(eurPerUsd))
                                .orElse(BigDecimal.ZERO)),
                eur(price.textInput(), usage.textInput() - cachedText)
                        .add(eur(price.textCached(), cachedText))
                        .add(eur(price.textOutput(), usage.textOutput())),
                eur(price.audioOutput(), usage.audioOutput()),
                transcribed.isPresent() || usage.transcription().isNothing(),
                usage.cachedAssumed() || cachedText < usage.cachedText() || cachedAudio < usage.cachedAudio());
    }

    private BigDecimal eur(BigDecimal usdPerMillion, long tokens) {
        return usdPerMillion
                .multiply(BigDecimal.valueOf(tokens))
                .multiply(eurPerUsd)
                .divide(MILLION, MathContext.DECIMAL64);
    }

    private static BigDecimal hours(BigDecimal eurPerHour, long millis) {
        return eurPerHour.multiply(BigDecimal.valueOf(millis)).divide(MILLIS_PER_HOUR, MathContext.DECIMAL64);
    }

    private static <P> Optional<P> named(Map<String, P> prices, String model) {
        var dated = DATED.matcher(model);
        return Optional.ofNullable(prices.get(model))
                .or(() -> dated.matches() ? Optional.ofNullable(prices.get(dated.group(1))) : Optional.empty());
    }
}
