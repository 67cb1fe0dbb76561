package dev.tom.operator.observe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * What the cost records of one backend come to. Amounts are exact decimals, in JSON as text.
 *
 * @param records segments that are over
 * @param millis of conversation
 * @param unpriced records whose amounts are no statement
 * @param sttEur listening
 * @param llmEur thinking
 * @param ttsEur speaking
 * @param tokensIn provider tokens read, cached ones included
 * @param tokensCached of these
 * @param tokensOut provider tokens written and spoken
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BackendAccount(
        long records,
        long millis,
        long unpriced,

        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal sttEur,

        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal llmEur,

        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal ttsEur,

        long tokensIn,
        long tokensCached,
        long tokensOut) {

    public static final BackendAccount NONE =
            new BackendAccount(0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, 0);

    public BackendAccount {
        sttEur = Objects.requireNonNullElse(sttEur, BigDecimal.ZERO);
        llmEur = Objects.requireNonNullElse(llmEur, BigDecimal.ZERO);
        ttsEur = Objects.requireNonNullElse(ttsEur, BigDecimal.ZERO);
    }

    /** In EUR. */
    public BigDecimal eur() {
        return sttEur.add(llmEur).add(ttsEur);
    }

    public BackendAccount plus(BackendAccount more) {
        return new BackendAccount(
                records + more.records,
                millis + more.millis,
                unpriced + more.unpriced,
                sttEur.add(more.sttEur),
                llmEur.add(more.llmEur),
                ttsEur.add(more.ttsEur),
                tokensIn + more.tokensIn,
                tokensCached + more.tokensCached,
                tokensOut + more.tokensOut);
    }
}
