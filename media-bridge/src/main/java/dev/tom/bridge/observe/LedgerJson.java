package dev.tom.bridge.observe;

import dev.tom.bridge.cost.account.BackendSums;
import dev.tom.bridge.cost.account.LedgerStatus;
import dev.tom.bridge.cost.account.RunAccount;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Accounts on the status page. Pure. */
final class LedgerJson {

    /** Decimals of an amount, as in the records. */
    private static final int SCALE = 6;

    private LedgerJson() {}

    /** Everything of one ledger. */
    static JsonObject of(LedgerStatus ledger) {
        var dead = new JsonArray();
        ledger.dead().forEach(run -> dead.add(account(run)));
        return new JsonObject()
                .put("own", account(ledger.own()))
                .put("dead", dead)
                .put("omitted", ledger.omitted());
    }

    /** The one line about an account. */
    static JsonObject cost(RunAccount account) {
        return new JsonObject().put("records", account.records()).put("eur", exact(account.eur()));
    }

    private static JsonObject account(RunAccount account) {
        var backends = new JsonObject();
        account.backends().forEach((backend, sums) -> backends.put(backend, sums(sums)));
        return new JsonObject()
                .put("run", account.run())
                .put("calls", account.calls())
                .put("lastEnd", account.lastEnd().toString())
                .put("backends", backends);
    }

    /** Amounts are text: a reader that takes numbers for binary fractions loses no cent. */
    private static JsonObject sums(BackendSums sums) {
        return new JsonObject()
                .put("records", sums.records())
                .put("millis", sums.millis())
                .put("unpriced", sums.unpriced())
                .put("sttEur", exact(sums.stt()).toPlainString())
                .put("llmEur", exact(sums.llm()).toPlainString())
                .put("ttsEur", exact(sums.tts()).toPlainString())
                .put("tokensIn", sums.tokens().input())
                .put("tokensCached", sums.tokens().cached())
                .put("tokensOut", sums.tokens().output());
    }

    /** More decimals only where somebody wrote more. */
    private static BigDecimal exact(BigDecimal eur) {
        return eur.setScale(Math.max(SCALE, eur.scale()), RoundingMode.UNNECESSARY);
    }
}
