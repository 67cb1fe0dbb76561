package dev.tom.operator.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** report.json: for programs, and for the operator itself, which goes on from it after a restart. Pure. */
final class JsonReport {

    /** Changes when a reader of the last one would go wrong; new fields alone do not change it. */
    static final int SCHEMA_VERSION = 1;

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private JsonReport() {}

    /** What is read back. */
    record Stored(Heading heading, Thresholds thresholds, Collected collected, Instant collectedAt) {}

    /** The whole document. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Document(
            int schemaVersion,
            Heading window,
            @Nullable String collectedAt,
            @Nullable Words verdict,
            @Nullable Thresholds thresholds,
            @Nullable Totals totals,
            @Nullable Series series,
            @Nullable List<BridgeRun> runs,
            @Nullable Folded folded) {}

    /** A verdict for programs and for people. */
    private record Words(String word, String text, String why) {}

    static String write(Heading heading, Collected collected, WindowReport report, Instant collectedAt) {
        Judgement judgement = report.judgement();
        var document = new Document(
                SCHEMA_VERSION,
                heading,
                collectedAt.toString(),
                new Words(judgement.verdict().word(), judgement.verdict().text(), judgement.why()),
                report.thresholds(),
                report.totals(),
                collected.series(),
                List.copyOf(collected.runs().values()),
                collected.folded().runs() == 0 ? null : collected.folded());
        try {
            return JSON.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of plain values can always be written", e);
        }
    }

    /** A report of another version, or one that a foreign hand spoiled, is none. */
    static Optional<Stored> read(String text) {
        try {
            Reading reading = JSON.readValue(text, Reading.class);
            if (reading.schemaVersion() != SCHEMA_VERSION
                    || reading.window() == null
                    || reading.thresholds() == null
                    || reading.collectedAt() == null) {
                return Optional.empty();
            }
            return Optional.of(new Stored(
                    reading.window(),
                    reading.thresholds(),
                    Collected.of(
                            Objects.requireNonNullElse(reading.runs(), List.of()),
                            Objects.requireNonNullElse(reading.folded(), Folded.NONE),
                            Objects.requireNonNullElse(reading.series(), Series.EMPTY)),
                    Instant.parse(reading.collectedAt())));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The part of the document that is state; the rest follows from it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Reading(
            int schemaVersion,
            @Nullable Heading window,
            @Nullable String collectedAt,
            @Nullable Thresholds thresholds,
            @Nullable Series series,
            @Nullable List<BridgeRun> runs,
            @Nullable Folded folded) {}
}
