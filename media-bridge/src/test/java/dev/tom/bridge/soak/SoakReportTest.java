package dev.tom.bridge.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.caller.Conversation;
import dev.tom.bridge.caller.Line;
import dev.tom.bridge.caller.Question;
import dev.tom.bridge.caller.RecordingException;
import dev.tom.bridge.caller.Turn;
import dev.tom.bridge.caller.Verdict;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    private static final Pattern DOCUMENT =
            Pattern.compile("<script type=\"application/json\" id=\"document\">(.*?)</script>", Pattern.DOTALL);
    /** Everything in HTML, CSS and JavaScript by which a page fetches something. */
    private static final Pattern LOADS = Pattern.compile(
            "(\\s(src|href|srcset|action|poster)\\s*=)|<(link|iframe|img|object|embed|base)\\b|@import|url\\(|\\bfetch\\(|XMLHttpRequest"
                    + "|WebSocket\\(|EventSource|importScripts|\\bimport\\s*\\(|sendBeacon",
            Pattern.CASE_INSENSITIVE);

    private final SoakBook book = new SoakBook();

    @Test
    void percentilesAreThoseOfTheTurns() {
        answers(100);
        SoakResult result = result(60_000);
        assertThat(result.latencies().e2e()).isEqualTo(new Percentiles(100, 10, 500, 950, 990, 1_000));
        assertThat(result.latencies().firstToken()).isEqualTo(new Percentiles(0, 0, 0, 0, 0, 0));
        assertThat(result.turnsPerMinute()).isEqualTo(100.0);
        assertThat(result.verdict()).isEqualTo(Verdict.SLOW);
        assertThat(result.sentence())
                .isEqualTo("slow: 95 of 100 answers begin within 950 ms of the last word (800 ms or more)");
    }

    @Test
    void theVerdictFollowsThe95thPercentileAndTheFailures() {
        for (int i = 0; i < 99; i++) {
            book.turn(i, 0, new Turn.Answered(OptionalLong.empty(), 499, 499));
        }
        assertThat(result(1_000).verdict()).isEqualTo(Verdict.FAST);
        book.turn(99, 0, new Turn.Failed(new Line.Ending("no_answer", "No answer came.")));
        assertThat(result(1_000).failedPercent()).isEqualTo(1.0);
        assertThat(result(1_000).verdict()).isEqualTo(Verdict.FAST);
        book.notOpened(100, new Line.Ending("refused_503", "It drains."));
        assertThat(result(1_000).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result(1_000).sentence()).isEqualTo("failed: 2.0 % of the turns and calls failed, at most 1 % may");
    }

    @Test
    void nothingAnsweredIsAFailureAndStillAReport() {
        SoakResult result = result(0);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(SoakJson.of(result).getJsonObject("histogram").getJsonArray("counts"))
                .isEmpty();
        assertThat(SoakPage.of(SoakJson.of(result))).contains("</html>");
    }

    @Test
    void theTimelineHoldsEveryTurnAndEveryFailureOnce() {
        answers(50);
        book.turn(1_500, 0, new Turn.Failed(new Line.Ending("no_answer", "No answer came.")));
        book.look(1_000);
        Timeline timeline = Timeline.of(result(10_000));
        assertThat(timeline.bucketSeconds()).isEqualTo(1);
        assertThat(timeline.buckets()).hasSize(10);
        assertThat(timeline.buckets().stream()
                        .mapToInt(Timeline.Bucket::answered)
                        .sum())
                .isEqualTo(50);
        assertThat(timeline.buckets().get(1).failed()).isEqualTo(1);
        assertThat(Timeline.of(result(80_000)).bucketSeconds())
                .as("few answers")
                .isEqualTo(10);
        assertThat(Timeline.of(result(86_400_000)).buckets()).hasSizeLessThanOrEqualTo(Timeline.MOST_BUCKETS);
    }

    @Test
    void theHistogramHoldsEveryTurnOnce() {
        answers(100);
        JsonObject histogram = SoakJson.of(result(60_000)).getJsonObject("histogram");
        assertThat(histogram.getJsonArray("counts").stream()
                        .mapToLong(one -> ((Number) one).longValue())
                        .sum())
                .isEqualTo(100);
        var shares = histogram.getJsonArray("cumulatedPercent");
        assertThat(shares.getDouble(shares.size() - 1)).isEqualTo(100.0);
    }

    @Test
    void reasonsAreBounded() {
        for (int i = 0; i < 2 * SoakBook.MAX_REASONS; i++) {
            book.notOpened(i, new Line.Ending("reason_" + i, "It said so."));
        }
        assertThat(result(1_000).reasons()).hasSize(SoakBook.MAX_REASONS + 1).containsKey("other");
    }

    @Test
    void thePageLoadsNothingAndHoldsTheDocumentAsItIs() {
        answers(100);
        book.notOpened(70, new Line.Ending("odd", "It said </script><script>alert('/*report.js*/')</script>"));
        JsonObject document = SoakJson.of(result(60_000));
        String page = SoakPage.of(document);
        assertThat(page)
                .doesNotContain("/*uplot.js*/")
                .doesNotContain("/*uplot.css*/")
                .doesNotContain("/*report.css*/");
        assertThat(page).contains("uPlot").contains("Leon Sorokin").contains("prefers-color-scheme: dark");
        assertThat(LOADS.matcher(withoutDocument(page)).results().map(java.util.regex.MatchResult::group))
                .isEmpty();
        Matcher embedded = DOCUMENT.matcher(page);
        assertThat(embedded.find()).isTrue();
        assertThat(new JsonObject(embedded.group(1))).isEqualTo(new JsonObject(document.encode()));
        assertThat(embedded.find()).isFalse();
    }

    /** The document only holds text, which the page puts into text nodes. */
    private static String withoutDocument(String page) {
        return DOCUMENT.matcher(page).replaceAll("");
    }

    /** 10, 20, 30 … ms, one each 100 ms. */
    private void answers(int count) {
        for (int i = 1; i <= count; i++) {
            book.turn(i * 100L, i % 3, new Turn.Answered(OptionalLong.empty(), 10L * i, 10L * i));
        }
    }

    private SoakResult result(long elapsedMillis) {
        return book.result(plan(), Instant.parse("2026-11-24T10:00:00Z"), elapsedMillis, false);
    }

    private static SoakPlan plan() {
        try {
            Question question = Question.of(Optional.empty(), AudioFormat.NARROWBAND);
            return new SoakPlan(
                    new SoakPlan.Target("bridge", "ws://127.0.0.1:8080/v1/fork", ""),
                    new Conversation.Plan(question, 0, true, 10_000, 1_000),
                    3,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(3));
        } catch (RecordingException e) {
            throw new IllegalStateException(e);
        }
    }
}
