package dev.tom.bridge.cost.report;

import java.math.BigDecimal;

/**
 * What some records come to.
 *
 * @param calls different calls among them
 * @param unpriced records whose cost nobody knows
 * @param millis of conversation
 */
record Sum(long records, long calls, long unpriced, long millis, CostLine.Tokens tokens, BigDecimal eur) {

    static final Sum NONE = new Sum(0, 0, 0, 0, CostLine.Tokens.NONE, BigDecimal.ZERO);

    Sum plus(CostLine record, boolean newCall) {
        return new Sum(
                records + 1,
                calls + (newCall ? 1 : 0),
                unpriced + (record.priced() ? 0 : 1),
                millis + record.millis(),
                tokens.plus(record.tokens()),
                eur.add(record.eur()));
    }

    double minutes() {
        return millis / 60_000.0;
    }
}
