package dev.tom.bridge.cli;

import dev.tom.bridge.caller.Line;
import dev.tom.bridge.caller.Question;
import dev.tom.bridge.caller.Turn;
import dev.tom.bridge.caller.Verdict;
import dev.tom.bridge.speech.realtime.RealtimeSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * What a probe measured, as a table and as JSON.
 *
 * <p>A session that failed counts as slower than every other: it has no time, and the median and the worst may have none.
 */
record ProbeReport(RealtimeSettings provider, Question question, List<Attempt> attempts) {

    /** Sorts behind every time. */
    private static final long NONE = Long.MAX_VALUE;

    /**
     * One session.
     *
     * @param connectedMillis from the start: name, TCP, TLS, upgrade
     * @param readyMillis from the start until the session was set up
     * @param turn what became of the question; empty when it was never asked
     * @param failure why there is no measurement
     */
    record Attempt(
            OptionalLong connectedMillis,
            OptionalLong readyMillis,
            Optional<Turn.Answered> turn,
            Optional<Line.Ending> failure) {

        OptionalLong tokenMillis() {
            return turn.map(Turn.Answered::tokenMillis).orElse(OptionalLong.empty());
        }

        OptionalLong audioMillis() {
            return turn.map(answered -> OptionalLong.of(answered.audioMillis())).orElse(OptionalLong.empty());
        }

        OptionalLong e2eMillis() {
            return turn.map(answered -> OptionalLong.of(answered.e2eMillis())).orElse(OptionalLong.empty());
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // method references
    private enum Column {
        CONNECTED("connected", Attempt::connectedMillis),
        READY("ready", Attempt::readyMillis),
        TOKEN("first token", Attempt::tokenMillis),
        AUDIO("first audio", Attempt::audioMillis),
        E2E("E2E", Attempt::e2eMillis);

        private final String title;

        private final Function<Attempt, OptionalLong> value;

        Column(String title, Function<Attempt, OptionalLong> value) {
            this.title = title;
            this.value = value;
        }

        String key() {
            return switch (this) {
                case CONNECTED -> "connectedMillis";
                case READY -> "readyMillis";
                case TOKEN -> "firstTokenMillis";
                case AUDIO -> "firstAudioMillis";
                case E2E -> "e2eMillis";
            };
        }
    }

    ProbeReport {
        attempts = List.copyOf(attempts);
    }

    Verdict verdict() {
        OptionalLong median = median(Column.E2E);
        return median.isPresent() ? Verdict.of(median.getAsLong()) : Verdict.FAILED;
    }

    /** The verdict in one sentence. */
    String sentence() {
        OptionalLong median = median(Column.E2E);
        return median.isPresent()
                ? verdict().label() + ": from the last word to the first sound of the answer it takes "
                        + median.getAsLong() + " ms in the median (" + verdict().range() + ")"
                : "failed: most sessions gave no answer; the last one: "
                        + attempts.stream()
                                .flatMap(attempt -> attempt.failure.stream())
                                .reduce((_, later) -> later)
                                .map(Line.Ending::sentence)
                                .orElse("no reason was told");
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "Provider  %s, model %s, %d Hz%n",
                provider.url(),
                provider.model(),
                question.format().sampleRate());
        out.printf(
                Locale.ROOT,
                "Question  %s, %.1f s; connected and ready count from the start of a session, the rest from the last word%n%n",
                question.name(),
                question.words().millis() / 1_000.0);
        StringBuilder head = new StringBuilder(" ".repeat(12));
        for (Column column : Column.values()) {
            head.append(String.format(Locale.ROOT, "%13s", column.title));
        }
        out.println(head);
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            row(out, "session " + (i + 1), column -> column.value.apply(attempt));
            attempt.failure.ifPresent(failure -> out.println("            " + failure.sentence()));
        }
        row(out, "median", this::median);
        row(out, "worst", this::worst);
        out.println();
        out.println(sentence());
        out.flush();
    }

    private static void row(PrintWriter out, String name, Function<Column, OptionalLong> values) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-12s", name));
        for (Column column : Column.values()) {
            OptionalLong value = values.apply(column);
            row.append(String.format(Locale.ROOT, "%13s", value.isPresent() ? value.getAsLong() + " ms" : "-"));
        }
        out.println(row);
    }

    JsonObject json() {
        JsonArray sessions = new JsonArray();
        for (Attempt attempt : attempts) {
            JsonObject session = row(column -> column.value.apply(attempt));
            attempt.failure.ifPresent(failure -> session.put(
                    "failure", new JsonObject().put("reason", failure.reason()).put("sentence", failure.sentence())));
            sessions.add(session);
        }
        return new JsonObject()
                .put("tool", "tom probe")
                .put("provider", provider.url().toString())
                .put("model", provider.model())
                .put("rate", question.format().sampleRate())
                .put(
                        "question",
                        new JsonObject()
                                .put("name", question.name())
                                .put("millis", question.words().millis()))
                .put("sessions", sessions)
                .put("median", row(this::median))
                .put("worst", row(this::worst))
                .put(
                        "failed",
                        attempts.stream()
                                .filter(attempt -> attempt.turn.isEmpty())
                                .count())
                .put("verdict", verdict().label())
                .put("sentence", sentence())
                .put("exitCode", verdict().exitCode());
    }

    private static JsonObject row(Function<Column, OptionalLong> values) {
        JsonObject row = new JsonObject();
        for (Column column : Column.values()) {
            values.apply(column)
                    .ifPresentOrElse(value -> row.put(column.key(), value), () -> row.putNull(column.key()));
        }
        return row;
    }

    /** With an even number of sessions the slower one of the two in the middle. */
    private OptionalLong median(Column column) {
        return at(column, attempts.size() / 2);
    }

    private OptionalLong worst(Column column) {
        return at(column, attempts.size() - 1);
    }

    private OptionalLong at(Column column, int index) {
        long value = attempts.stream()
                .flatMapToLong(
                        attempt -> LongStream.of(column.value.apply(attempt).orElse(NONE)))
                .sorted()
                .skip(index)
                .findFirst()
                .orElse(NONE);
        return value == NONE ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
