package dev.tom.bridge.cost.account;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A line of a cost file as an entry. Pure. */
public final class AccountLine {

    /** Names the run in a line; a record without it belongs to nobody here. */
    public static final String RUN = "run";

    /** Number of the segment within its call. */
    public static final String SEGMENT = "segment";

    private static final String HAS_RUN = "\"" + RUN + "\":\"";

    private AccountLine() {}

    /** The entry of a line; empty when it is no record, or none that says which run wrote it. */
    public static Optional<AccountEntry> parse(String line) {
        if (!line.contains(HAS_RUN)) {
            return Optional.empty();
        }
        try {
            JsonObject json = new JsonObject(line);
            String run = json.getString(RUN, "");
            String backend = json.getString("backend", "");
            if (run.isEmpty() || backend.isEmpty()) {
                return Optional.empty();
            }
            Instant start = Instant.parse(json.getString("start_time", ""));
            Instant end = Instant.parse(json.getString("end_time", ""));
            return Optional.of(new AccountEntry(
                    run,
                    json.getString("window", ""),
                    json.getString("id", ""),
                    backend,
                    json.getInteger(SEGMENT, 0) == 1,
                    end,
                    AccountEntry.sums(
                            Math.max(0, Duration.between(start, end).toMillis()),
                            euros(json, "stt_cost_eur"),
                            euros(json, "llm_cost_eur"),
                            euros(json, "tts_cost_eur"),
                            json.getBoolean("priced", true),
                            tokens(json.getJsonObject("usage", new JsonObject())))));
        } catch (DecodeException | DateTimeException | ClassCastException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Amounts have six decimals: the shortest text of a double that was read from one is the amount itself. */
    private static BigDecimal euros(JsonObject json, String key) {
        return json.getValue(key) instanceof Number number ? new BigDecimal(number.toString()) : BigDecimal.ZERO;
    }

    private static Tokens tokens(JsonObject usage) {
        return new Tokens(
                sum(usage, "text_input", "audio_input"),
                sum(usage, "cached_text", "cached_audio"),
                sum(usage, "text_output", "audio_output"));
    }

    private static long sum(JsonObject usage, String one, String other) {
        return usage.getLong(one, 0L) + usage.getLong(other, 0L);
    }
}
