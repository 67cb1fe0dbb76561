package dev.tom.bridge.cost;

import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.speech.TokenUsage;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Prices, from a dated file: US dollars per million tokens for each provider model, euros per busy hour for each local engine, and the
 * rate between them. Immutable.
 *
 * @param id names the tariff in each record
 * @param eurPerUsd the rate in use
 * @param models prices by model id
 * @param transcription prices of writing down the caller's words, by model id
 * @param local euros per busy hour
 */
public record Tariff(
        String id,
        BigDecimal eurPerUsd,
        Map<String, TokenPrices> models,
        Map<String, TranscriptionPrice> transcription,
        EnginePrices local) {

    private static final String BUILT_IN = "/tariffs/default-2026-11.json";
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);
    private static final Pattern DATED = Pattern.compile("(.+)-[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** US dollars per million tokens. */
    public record TokenPrices(
            BigDecimal textInput,
            BigDecimal textCached,
            BigDecimal textOutput,
            BigDecimal audioInput,
            BigDecimal audioCached,
            BigDecimal audioOutput) {}

    /** Euros per busy hour of a local engine. */
    public record EnginePrices(BigDecimal stt, BigDecimal llm, BigDecimal tts) {}

    public Tariff {
        models = Map.copyOf(models);
        transcription = Map.copyOf(transcription);
    }

    /** The tariff that is used when no file is named. */
    public static Tariff builtIn() {
        try (InputStream in = Tariff.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + BUILT_IN);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), BUILT_IN);
        } catch (IOException e) {
            throw new IllegalStateException("the program's resource " + BUILT_IN + " cannot be read", e);
        }
    }

    /** @throws TariffException when the file cannot be read or understood */
    public static Tariff read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new TariffException("COST_TARIFF=" + file + " cannot be read: check the path");
        }
    }

    static Tariff parse(String text, String source) {
        try {
            var json = new JsonObject(text);
            Map<String, TokenPrices> models = new LinkedHashMap<>();
            JsonObject prices = object(json, "usdPerMillionTokens");
            for (String model : prices.fieldNames()) {
                JsonObject price = object(prices, model);
                models.put(
                        model,
                        new TokenPrices(
                                amount(price, "textInput"),
                                amount(price, "textCached"),
                                amount(price, "textOutput"),
                                amount(price, "audioInput"),
                                amount(price, "audioCached"),
                                amount(price, "audioOutput")));
            }
            JsonObject hour = object(json, "localEurPerHour");
            var local = new EnginePrices(amount(hour, "stt"), amount(hour, "llm"), amount(hour, "tts"));
            if (!(json.getValue("id") instanceof String id) || id.isBlank()) {
                throw new TariffException("id must be a name");
            }
            return new Tariff(id, amount(json, "eurPerUsd"), models, transcription(json), local);
        } catch (DecodeException e) {
            throw new TariffException("The tariff " + source + " is not JSON");
        } catch (TariffException e) {
            throw new TariffException("The tariff " + source + " is not complete: " + e.getMessage());
        }
    }

    /** A tariff without this part has no price for it. */
    private static Map<String, TranscriptionPrice> transcription(JsonObject json) {
        Map<String, TranscriptionPrice> prices = new LinkedHashMap<>();
        JsonObject models = json.containsKey("usdTranscription") ? object(json, "usdTranscription") : new JsonObject();
        for (String model : models.fieldNames()) {
            JsonObject price = object(models, model);
            prices.put(
                    model,
                    price.containsKey("perMinute")
                            ? new TranscriptionPrice(BigDecimal.ZERO, BigDecimal.ZERO, amount(price, "perMinute"))
                            : new TranscriptionPrice(
                                    amount(price, "perMillionInput"),
                                    amount(price, "perMillionOutput"),
                                    BigDecimal.ZERO));
        }
        return prices;
    }

    private static JsonObject object(JsonObject json, String key) {
        if (json.getValue(key) instanceof JsonObject object) {
            return object;
        }
        throw new TariffException(key + " must be an object");
    }

    private static BigDecimal amount(JsonObject json, String key) {
        if (json.getValue(key) instanceof Number number) {
            var amount = new BigDecimal(number.toString());
            if (amount.signum() >= 0) {
                return amount;
            }
        }
        throw new TariffException(key + " must be a number, 0 or more");
    }

    /** The prices of a model, also under a dated name such as {@code gpt-realtime-2.1-2026-07-01}. */
    public Optional<TokenPrices> prices(String model) {
        return named(models, model);
    }

    private static <P> Optional<P> named(Map<String, P> prices, String model) {
        var dated = DATED.matcher(model);
        return Optional.ofNullable(prices.get(model))
                .or(() -> dated.matches() ? Optional.ofNullable(prices.get(dated.group(1))) : Optional.empty());
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
            case LOCAL, ANNOUNCEMENT ->
                new SegmentCost(
                        hours(local.stt, segment.sttMillis()),
                        hours(local.llm, segment.llmMillis()),
                        hours(local.tts, segment.ttsMillis()),
                        true,
                        false);
        };
    }

    private SegmentCost provider(TokenPrices price, TokenUsage usage) {
        long cachedText = Math.min(usage.cachedText(), usage.textInput());
        long cachedAudio = Math.min(usage.cachedAudio(), usage.audioInput());
        Optional<TranscriptionPrice> transcribed =
                named(transcription, usage.transcription().model());
        return new SegmentCost(
                eur(price.audioInput, usage.audioInput() - cachedAudio)
                        .add(eur(price.audioCached, cachedAudio))
                        .add(transcribed
                                .map(one -> one.usd(usage.transcription()).multiply(eurPerUsd))
                                .orElse(BigDecimal.ZERO)),
                eur(price.textInput, usage.textInput() - cachedText)
                        .add(eur(price.textCached, cachedText))
                        .add(eur(price.textOutput, usage.textOutput())),
                eur(price.audioOutput, usage.audioOutput()),
                transcribed.isPresent() || usage.transcription().isNothing(),
                cachedText < usage.cachedText() || cachedAudio < usage.cachedAudio());
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
}
