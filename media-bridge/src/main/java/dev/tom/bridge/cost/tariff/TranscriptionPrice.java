package dev.tom.bridge.cost.tariff;

import dev.tom.bridge.speech.TranscriptionUsage;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What a transcription model charges; those that charge by time have no token prices, and the other way round.
 *
 * @param input US dollars per million tokens read
 * @param output US dollars per million tokens written
 * @param minute US dollars per minute of audio
 */
public record TranscriptionPrice(BigDecimal input, BigDecimal output, BigDecimal minute) {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MILLIS_PER_MINUTE = BigDecimal.valueOf(60_000);

    BigDecimal usd(TranscriptionUsage usage) {
        BigDecimal tokens = input.multiply(BigDecimal.valueOf(usage.input()))
                .add(output.multiply(BigDecimal.valueOf(usage.output())))
                .divide(MILLION, MathContext.DECIMAL64);
        return minute.multiply(BigDecimal.valueOf(usage.millis()))
                .divide(MILLIS_PER_MINUTE, MathContext.DECIMAL64)
                .add(tokens);
    }
}
