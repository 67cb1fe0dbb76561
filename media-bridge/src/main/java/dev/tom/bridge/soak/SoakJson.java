package dev.tom.bridge.soak;

import dev.tom.bridge.caller.Question;
import dev.tom.bridge.caller.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** A soak's result as JSON. Units stand in the names; the page holds the same document. */
public final class SoakJson {

    /** Width of a bar of the histogram: at most this many bars. */
    private static final int MOST_BARS = 60;

    private static final int[] WIDTHS = {10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000};

    private SoakJson() {}

    public static JsonObject of(SoakResult result) {
        SoakPlan plan = result.plan();
        JsonObject target = new JsonObject()
                .put("kind", plan.target().kind())
                .put("address", plan.target().address());
        if (!plan.target().model().isEmpty()) {
            target.put("model", plan.target().model());
        }
        JsonObject json = new JsonObject()
                .put("tool", "tom soak")
                .put("startedAt", result.startedAt().toString())
                .put("elapsedMillis", result.elapsedMillis())
                .put("endedEarly", result.endedEarly())
                .put("target", target)
                .put("parameters", parameters(plan))
                .put(
                        "verdict",
                        new JsonObject()
                                .put("label", result.verdict().label())
                                .put("sentence", result.sentence())
                                .put("exitCode", result.verdict().exitCode())
                                .put("fastMillis", Verdict.FAST_MILLIS)
                                .put("usableMillis", Verdict.USABLE_MILLIS))
                .put("turns", turns(result))
                .put("sessions", sessions(result))
                .put("latencies", latencies(result.latencies()))
                .put("failures", failures(result))
                .put("timeline", timeline(Timeline.of(result)))
                .put("histogram", histogram(result.e2e()))
                .put("points", points(result));
        return result.counts().answered() > 0 && plan.target().kind().equals("provider")
                ? json.put("tokens", tokens(result))
                : json;
    }

    private static JsonObject parameters(SoakPlan plan) {
        Question question = plan.conversation().question();
        return new JsonObject()
                .put("sessions", plan.sessions())
                .put("durationSeconds", plan.duration().toSeconds())
                .put("rampSeconds", plan.ramp().toSeconds())
                .put("pauseMillis", plan.conversation().pauseMillis())
                .put("timeoutMillis", plan.conversation().patienceMillis())
                .put("rate", question.format().sampleRate())
                .put("question", question.name())
                .put("questionMillis", question.words().millis());
    }

    private static JsonObject turns(SoakResult result) {
        return new JsonObject()
                .put("answered", result.counts().answered())
                .put("failed", result.counts().failedTurns())
                .put("failedPercent", Math.round(result.failedPercent() * 10) / 10.0)
                .put("perMinute", Math.round(result.turnsPerMinute() * 10) / 10.0)
                .put("notPlotted", result.counts().notPlotted());
    }

    private static JsonObject sessions(SoakResult result) {
        SoakResult.Counts counts = result.counts();
        return new JsonObject()
                .put("opened", counts.opened())
                .put("refused", counts.failedCalls())
                .put("dropped", counts.dropped())
                .put("gaveUp", counts.gaveUp())
                .put("mostAlive", counts.mostAlive())
                .put("framesSent", counts.frames())
                .put("framesSentLate", counts.lateFrames());
    }

    private static JsonObject latencies(SoakResult.Latencies latencies) {
        return new JsonObject()
                .put("e2eMillis", percentiles(latencies.e2e()))
                .put("firstAudioMillis", percentiles(latencies.firstAudio()))
                .put("firstTokenMillis", percentiles(latencies.firstToken()))
                .put("connectedMillis", percentiles(latencies.connected()))
                .put("readyMillis", percentiles(latencies.ready()));
    }

    private static JsonObject percentiles(Percentiles values) {
        return new JsonObject()
                .put("count", values.count())
                .put("min", values.min())
                .put("p50", values.p50())
                .put("p95", values.p95())
                .put("p99", values.p99())
                .put("max", values.max());
    }

    private static JsonArray failures(SoakResult result) {
        JsonArray failures = new JsonArray();
        result.reasons().entrySet().stream()
                .sorted(Map.Entry.comparingByValue((one, other) -> Long.compare(other.count(), one.count())))
                .forEach(entry -> failures.add(new JsonObject()
                        .put("reason", entry.getKey())
                        .put("count", entry.getValue().count())
                        .put("example", entry.getValue().example())));
        return failures;
    }

    private static JsonObject tokens(SoakResult result) {
        return new JsonObject()
                .put("textInput", result.usage().textInput())
                .put("audioInput", result.usage().audioInput())
                .put("cachedText", result.usage().cachedText())
                .put("cachedAudio", result.usage().cachedAudio())
                .put("textOutput", result.usage().textOutput())
                .put("audioOutput", result.usage().audioOutput());
    }

    private static JsonObject timeline(Timeline timeline) {
        return new JsonObject()
                .put("bucketSeconds", timeline.bucketSeconds())
                .put("atSeconds", column(timeline, Timeline.Bucket::atSeconds))
                .put("answered", column(timeline, Timeline.Bucket::answered))
                .put("p50Millis", column(timeline, bucket -> bucket.answered() == 0 ? null : bucket.p50()))
                .put("p95Millis", column(timeline, bucket -> bucket.answered() == 0 ? null : bucket.p95()))
                .put("failed", column(timeline, Timeline.Bucket::failed))
                .put("alive", column(timeline, Timeline.Bucket::alive));
    }

    private static JsonArray column(
            Timeline timeline, Function<Timeline.Bucket, ? extends @org.jspecify.annotations.Nullable Object> value) {
        JsonArray column = new JsonArray();
        timeline.buckets().forEach(bucket -> column.add(value.apply(bucket)));
        return column;
    }

    /** Bars of equal width from zero on, up to the slowest answer. */
    private static JsonObject histogram(Histogram e2e) {
        int width = WIDTHS[WIDTHS.length - 1];
        for (int i = WIDTHS.length - 1; i >= 0 && e2e.getMaxValue() < (long) WIDTHS[i] * MOST_BARS; i--) {
            width = WIDTHS[i];
        }
        JsonArray counts = new JsonArray();
        JsonArray shares = new JsonArray();
        long below = 0;
        for (long from = 0; e2e.getTotalCount() > 0 && from <= e2e.getMaxValue(); from += width) {
            long count = e2e.getCountBetweenValues(from, from + width - 1);
            below += count;
            counts.add(count);
            shares.add(Math.round(1_000.0 * below / e2e.getTotalCount()) / 10.0);
        }
        return new JsonObject().put("barMillis", width).put("counts", counts).put("cumulatedPercent", shares);
    }

    private static JsonObject points(SoakResult result) {
        JsonArray at = new JsonArray();
        JsonArray e2e = new JsonArray();
        JsonArray session = new JsonArray();
        result.points().forEach(point -> {
            at.add(point.atMillis() / 1_000.0);
            e2e.add(point.e2eMillis());
            session.add(point.session());
        });
        return new JsonObject().put("atSeconds", at).put("e2eMillis", e2e).put("session", session);
    }
}
