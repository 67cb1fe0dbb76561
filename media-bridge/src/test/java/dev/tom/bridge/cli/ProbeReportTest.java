package dev.tom.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.caller.Line;
import dev.tom.bridge.caller.Question;
import dev.tom.bridge.caller.RecordingException;
import dev.tom.bridge.caller.Turn;
import dev.tom.bridge.caller.Verdict;
import dev.tom.bridge.speech.realtime.RealtimeSettings;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProbeReportTest {

    private static final int FAILED = -1;

    @Test
    void theMedianDecides() throws RecordingException {
        assertThat(report(499).verdict()).isEqualTo(Verdict.FAST);
        assertThat(report(500).verdict()).isEqualTo(Verdict.USABLE);
        assertThat(report(100, 799, 5_000).verdict()).isEqualTo(Verdict.USABLE);
        assertThat(report(800).verdict()).isEqualTo(Verdict.SLOW);
        assertThat(report(100, 900).verdict()).as("of two the slower").isEqualTo(Verdict.SLOW);
    }

    @Test
    void aFailedSessionIsSlowerThanAllOthers() throws RecordingException {
        ProbeReport one = report(100, FAILED, 200);
        assertThat(one.verdict()).isEqualTo(Verdict.FAST);
        assertThat(one.json().getJsonObject("median").getLong("e2eMillis")).isEqualTo(200);
        assertThat(one.json().getJsonObject("worst").getValue("e2eMillis")).isNull();
        ProbeReport most = report(100, FAILED, FAILED);
        assertThat(most.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(most.verdict().exitCode()).isEqualTo(2);
        assertThat(most.sentence()).isEqualTo("failed: most sessions gave no answer; the last one: It broke.");
    }

    @Test
    void tableAndJsonSayTheSame() throws RecordingException {
        ProbeReport report = report(612, FAILED, 431);
        StringWriter out = new StringWriter();
        report.print(new PrintWriter(out));
        JsonObject json = report.json();
        assertThat(out.toString())
                .contains("session 1           41 ms        93 ms       602 ms       605 ms       612 ms")
                .contains("session 2           41 ms            -            -            -            -")
                .contains("It broke.")
                .contains("median              41 ms        93 ms       602 ms       605 ms       612 ms")
                .contains(json.getString("sentence"));
        assertThat(json.getInteger("failed")).isEqualTo(1);
        assertThat(json.getInteger("exitCode")).isEqualTo(1);
        assertThat(json.getString("verdict")).isEqualTo("usable");
        assertThat(out.toString() + json.encode()).doesNotContain("sk-secret");
    }

    private static ProbeReport report(int... e2eMillis) throws RecordingException {
        return new ProbeReport(
                new RealtimeSettings(URI.create("wss://h/v1/realtime"), "sk-secret", "m", "marin", "", "de"),
                Question.of(Optional.empty(), AudioFormat.NARROWBAND),
                Arrays.stream(e2eMillis).mapToObj(ProbeReportTest::attempt).toList());
    }

    private static ProbeReport.Attempt attempt(int e2eMillis) {
        return e2eMillis == FAILED
                ? new ProbeReport.Attempt(
                        OptionalLong.of(41),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.of(new Line.Ending("broken", "It broke.")))
                : new ProbeReport.Attempt(
                        OptionalLong.of(41),
                        OptionalLong.of(93),
                        Optional.of(new Turn.Answered(OptionalLong.of(e2eMillis - 10), e2eMillis - 7, e2eMillis)),
                        Optional.empty());
    }
}
