package dev.tom.bridge.cost.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.session.SegmentUse;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.TranscriptionUsage;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalLineTest {

    private static final Instant AT = Instant.parse("2026-12-01T08:00:00.123456Z");
    private static final SegmentUse USE = new SegmentUse(
            1, 2, 3, new TokenUsage(4, 5, 6, 7, 8, 9, new TranscriptionUsage("w", 10, 11, 12_345), true));

    static Stream<JournalEvent> everyKind() {
        return Stream.of(
                new JournalEvent.Began(new JournalOrigin("pod", "window", "model", "pod@2026-12-01T08:00:00Z"), AT),
                new JournalEvent.Opened(OpenSegment.of("call \"1\"\n", 3, "hash", BackendKind.ANNOUNCEMENT, AT), AT),
                new JournalEvent.Used("id", USE, AT),
                new JournalEvent.Ended("id", USE, AT.plusSeconds(1), "hangup", AT),
                new JournalEvent.Recorded("id", AT),
                new JournalEvent.Alive(AT));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void everyEventComesBackAsItWas(JournalEvent event) {
        assertThat(JournalLine.encode(event)).doesNotContain("\n");
        assertThat(JournalLine.decode(JournalLine.encode(event))).contains(event);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void noBeginningOfALineIsAnEvent(JournalEvent event) {
        String line = JournalLine.encode(event);
        for (int length = 0; length < line.length(); length++) {
            assertThat(JournalLine.decode(line.substring(0, length))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "\u0000\u0000\u0000",
                "{\"event\":\"alive\",\"at\":1}",
                "{\"event\":\"alive\",\"at\":\"yesterday\"}",
                "{\"event\":\"of-a-later-version\",\"at\":\"2026-12-01T08:00:00Z\"}",
                "{\"event\":\"recorded\",\"at\":\"2026-12-01T08:00:00Z\"}",
                "{\"event\":\"used\",\"id\":\"x\",\"use\":{\"stt_ms\":\"many\"},\"at\":\"2026-12-01T08:00:00Z\"}",
                "{\"event\":\"opened\",\"id\":\"x\",\"backend\":\"telex\",\"start\":\"2026-12-01T08:00:00Z\",\"at\":\"2026-12-01T08:00:00Z\"}"
            })
    void whatIsNotOursIsNoEvent(String line) {
        assertThat(JournalLine.decode(line)).isEmpty();
    }

    @Test
    void oneSegmentHasOneNameAndEveryOtherAnother() {
        var ids = Stream.of(
                        OpenSegment.of("c", 1, "h", BackendKind.PROVIDER, AT),
                        OpenSegment.of("c", 1, "other hash", BackendKind.PROVIDER, AT),
                        OpenSegment.of("c", 2, "h", BackendKind.PROVIDER, AT),
                        OpenSegment.of("d", 1, "h", BackendKind.PROVIDER, AT),
                        OpenSegment.of("c", 1, "h", BackendKind.LOCAL, AT),
                        OpenSegment.of("c", 1, "h", BackendKind.PROVIDER, AT.plusNanos(1_000)))
                .map(OpenSegment::id)
                .toList();
        assertThat(ids).allMatch(id -> id.matches("[0-9a-f]{32}"));
        assertThat(ids.stream().distinct()).hasSize(5);
    }
}
