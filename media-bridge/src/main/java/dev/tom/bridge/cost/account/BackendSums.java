package dev.tom.bridge.cost.account;

import java.math.BigDecimal;

/**
 * What the records of one backend come to. Amounts are exact: nothing is rounded that a record does not round.
 *
 * @param records segments that are over
 * @param millis of conversation
 * @param unpriced records whose amounts are no statement
 * @param stt, llm, tts in EUR: listening, thinking, speaking
 * @param tokens of the provider
 */
public record BackendSums(
        long records, long millis, long unpriced, BigDecimal stt, BigDecimal llm, BigDecimal tts, Tokens tokens) {

    public static final BackendSums NONE =
            new BackendSums(0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, Tokens.NONE);

    /** In EUR. */
    public BigDecimal total() {
        return stt.add(llm).add(tts);
    }

    BackendSums plus(BackendSums more) {
        return new BackendSums(
                records + more.records,
                millis + more.millis,
                unpriced + more.unpriced,
                stt.add(more.stt),
                llm.add(more.llm),
                tts.add(more.tts),
                tokens.plus(more.tokens));
    }
}
