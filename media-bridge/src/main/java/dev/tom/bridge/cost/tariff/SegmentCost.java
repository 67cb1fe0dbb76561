package dev.tom.bridge.cost.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a segment costs, in euros with six decimals. For the provider, listening is audio input and writing down the caller's words,
 * thinking is text, and speaking is audio output.
 *
 * @param stt listening
 * @param llm thinking
 * @param tts speaking
 * @param priced false when the tariff has no price for it or for a part of it, so that the amount is no statement
 * @param adjusted true when it may be too high: more cached than read tokens were reported and the surplus was charged at the full price,
 *     or it was not said which of the cached ones were text, and they were taken for text first
 */
public record SegmentCost(BigDecimal stt, BigDecimal llm, BigDecimal tts, boolean priced, boolean adjusted) {

    /** Decimals of an amount: a millionth of a euro. */
    static final int SCALE = 6;

    public static final SegmentCost UNPRICED =
            new SegmentCost(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, false, false);

    public SegmentCost {
        stt = stt.setScale(SCALE, RoundingMode.HALF_UP);
        llm = llm.setScale(SCALE, RoundingMode.HALF_UP);
        tts = tts.setScale(SCALE, RoundingMode.HALF_UP);
    }

    /** The sum of the rounded parts, so that a record adds up. */
    public BigDecimal total() {
        return stt.add(llm).add(tts);
    }
}
