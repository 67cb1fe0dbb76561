package dev.tom.bridge.cost.report;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * One record as a reader needs it. Pure. Records with only the original's fields are understood; a time without a zone is UTC.
 *
 * @param id of the segment; empty in records of the original
 * @param day UTC day of the end
 * @param millis from start to end
 * @param tokens provider tokens, read and written
 * @param eur in total
 * @param priced false when the zero is no statement
 */
record CostLine(
        String id,
        String callId,
        LocalDate day,
        String backend,
        String window,
        String model,
        String endedBy,
        long millis,
        Tokens tokens,
        BigDecimal eur,
        boolean priced) {

    /**
     * Provider tokens.
     *
     * @param input read, cached ones included
     * @param cached of these
     * @param output written
     */
    record Tokens(long input, long cached, long output) {

        static final Tokens NONE = new Tokens(0, 0, 0);

        Tokens plus(Tokens more) {
            return new Tokens(input + more.input, cached + more.cached, output + more.output);
        }
    }

    /** A line is no cost record; the message says why. */
    static final class Foreign extends Exception {
        private static final long serialVersionUID = 1L;

        Foreign(String why) {
            super(why);
        }
    }

    static CostLine parse(String text) throws Foreign {
        try {
            JsonObject json = new JsonObject(text);
            Instant start = time(json, "start_time");
            Instant end = time(json, "end_time");
            JsonObject usage = json.getJsonObject("usage", new JsonObject());
            return new CostLine(
                    json.getString("id", ""),
                    required(json, "call_id"),
                    LocalDate.ofInstant(end, ZoneOffset.UTC),
                    required(json, "backend"),
                    json.getString("window", ""),
                    json.getString("model", ""),
                    json.getString("ended_by", ""),
                    Math.max(0, Duration.between(start, end).toMillis()),
                    new Tokens(
                            sum(usage, "text_input", "audio_input"),
                            sum(usage, "cached_text", "cached_audio"),
                            sum(usage, "text_output", "audio_output")),
                    euros(json),
                    json.getBoolean("priced", true));
        } catch (DecodeException e) {
            throw new Foreign(text.startsWith("{") ? "is torn: it is no whole JSON object" : "is no JSON object");
        } catch (ClassCastException e) {
            throw new Foreign("has a field of the wrong kind");
        }
    }

    private static String required(JsonObject json, String key) throws Foreign {
        String value = json.getString(key);
        if (value == null) {
            throw new Foreign("has no " + key);
        }
        return value;
    }

    private static BigDecimal euros(JsonObject json) throws Foreign {
        if (json.getValue("total_cost_eur") instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        throw new Foreign("has no number total_cost_eur");
    }

    private static long sum(JsonObject usage, String one, String other) {
        return usage.getLong(one, 0L) + usage.getLong(other, 0L);
    }

    private static Instant time(JsonObject json, String key) throws Foreign {
        Object value = json.getValue(key);
        if (value instanceof Number seconds) {
            return Instant.ofEpochMilli((long) (seconds.doubleValue() * 1_000));
        }
        String text = String.valueOf(value).replace(' ', 'T');
        try {
            return hasZone(text)
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new Foreign("has no time " + key);
        }
    }

    private static boolean hasZone(String text) {
        int time = text.indexOf('T');
        return text.endsWith("Z") || (time > 0 && (text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0));
    }
}
