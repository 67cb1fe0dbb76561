package dev.tom.bridge.cost.tariff;

import java.math.BigDecimal;

/** The shapes of a price. */
public final class Prices {

    private Prices() {}

    /** Of a realtime model, in US dollars per million tokens. */
    public record Tokens(
            BigDecimal textInput,
            BigDecimal textCached,
            BigDecimal textOutput,
            BigDecimal audioInput,
            BigDecimal audioCached,
            BigDecimal audioOutput) {}

    /** Of a local engine, in euros per busy hour. */
    public record Engines(BigDecimal stt, BigDecimal llm, BigDecimal tts) {}
}
