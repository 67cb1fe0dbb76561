package dev.tom.bridge.cost.account;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One cost record, as far as it is summed.
 *
 * @param run that wrote it, or owed it when it died; empty in records that do not say
 * @param window WINDOW_NAME, possibly empty
 * @param id of the segment
 * @param backend label of the backend
 * @param firstOfCall whether a call began with it
 * @param end of the segment
 * @param sums of this one record
 */
public record AccountEntry(
        String run, String window, String id, String backend, boolean firstOfCall, Instant end, BackendSums sums) {

    /**
     * Sums of one record.
     *
     * @param millis of the segment
     * @param stt, llm, tts in EUR
     */
    public static BackendSums sums(
            long millis, BigDecimal stt, BigDecimal llm, BigDecimal tts, boolean priced, Tokens tokens) {
        return new BackendSums(1, millis, priced ? 0 : 1, stt, llm, tts, tokens);
    }
}
