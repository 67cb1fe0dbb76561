package dev.tom.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongConsumer;

/** One response on its way: think time, then deltas faster than real time, until it is complete or cancelled. Confined to the session's context. */
final class ProviderAnswer {

    /** How responses of a session are sent. */
    record Pace(int chunkMillis, int everyMillis, int extraThinkMillis) {}

    private final Vertx vertx;
    private final ProviderWire wire;
    private final WireFormat format;
    private final Pace pace;
    private final String responseId;
    private final String itemId;
    private final ProviderTurn turn;
    private final short[] samples;
    private final LongConsumer onProgress;
    private final java.util.function.Consumer<ProviderAnswer> onEnd;

    private long timer = -1;
    private int sentSamples;
    private int sentText;
    private boolean begun;
    private String status = "in_progress";
    private Optional<Instant> firstAudioAt = Optional.empty();

    ProviderAnswer(
            Vertx vertx,
            ProviderWire wire,
            WireFormat format,
            Pace pace,
            String responseId,
            String itemId,
            ProviderTurn turn,
            LongConsumer onProgress,
            java.util.function.Consumer<ProviderAnswer> onEnd) {
        this.vertx = vertx;
        this.wire = wire;
        this.format = format;
        this.pace = pace;
        this.responseId = responseId;
        this.itemId = itemId;
        this.turn = turn;
        this.samples = turn.answer().atRate(format.rate()).samples();
        this.onProgress = onProgress;
        this.onEnd = onEnd;
    }

    String responseId() {
        return responseId;
    }

    String itemId() {
        return itemId;
    }

    String status() {
        return status;
    }

    boolean begun() {
        return begun;
    }

    long sentMillis() {
        return sentSamples * 1_000L / format.rate();
    }

    Optional<Instant> firstAudioAt() {
        return firstAudioAt;
    }

    String sentText() {
        return turn.answerText().substring(0, sentText);
    }

    void start() {
        wire.send("response.created", new JsonObject().put("response", head()));
        timer = vertx.setTimer(Math.max(1, turn.thinkMillis() + pace.extraThinkMillis), _ -> begin());
    }

    private void begin() {
        begun = true;
        JsonObject item = item("in_progress");
        wire.send("response.output_item.added", at().put("item", item));
        wire.send("conversation.item.added", new JsonObject().put("item", item));
        wire.send(
                "response.content_part.added",
                ids().put("part", new JsonObject().put("type", "audio").put("transcript", "")));
        chunk();
    }

    private void chunk() {
        int end = Math.min(samples.length, sentSamples + format.rate() * pace.chunkMillis / 1_000);
        int textEnd = (int) ((long) turn.answerText().length() * end / Math.max(1, samples.length));
        if (textEnd > sentText) {
            wire.send(
                    "response.output_audio_transcript.delta",
                    ids().put("delta", turn.answerText().substring(sentText, textEnd)));
            sentText = textEnd;
        }
        if (firstAudioAt.isEmpty()) {
            firstAudioAt = Optional.of(MonotonicClock.now());
        }
        String delta = Base64.getEncoder().encodeToString(format.encode(samples, sentSamples, end));
        wire.send("response.output_audio.delta", ids().put("delta", delta));
        sentSamples = end;
        onProgress.accept(sentMillis());
        if (end < samples.length) {
            timer = vertx.setTimer(Math.max(1, pace.everyMillis), _ -> chunk());
        } else {
            end("completed");
        }
    }

    /** Stops it; what was sent stays sent. */
    void cancel() {
        vertx.cancelTimer(timer);
        end("cancelled");
    }

    /** Sends a piece of it that was on its way when it was cancelled. */
    void late() {
        int end = Math.min(samples.length, sentSamples + format.rate() * pace.chunkMillis / 1_000);
        String delta = Base64.getEncoder().encodeToString(format.encode(samples, sentSamples, end));
        wire.send("response.output_audio.delta", ids().put("delta", delta));
    }

    /** Ends it without audio. */
    void fail() {
        vertx.cancelTimer(timer);
        end("failed");
    }

    private void end(String finalStatus) {
        status = finalStatus;
        if (begun) {
            wire.send("response.output_audio.done", ids());
            wire.send("response.output_audio_transcript.done", ids().put("transcript", sentText()));
            JsonObject part = new JsonObject().put("type", "audio").put("transcript", sentText());
            wire.send("response.content_part.done", ids().put("part", part));
            JsonObject item = item("completed".equals(status) ? "completed" : "incomplete");
            wire.send("response.output_item.done", at().put("item", item));
            wire.send("conversation.item.done", new JsonObject().put("item", item));
        }
        onEnd.accept(this);
    }

    JsonObject head() {
        JsonArray output = begun
                ? new JsonArray().add(item("completed".equals(status) ? "completed" : "incomplete"))
                : new JsonArray();
        return new JsonObject()
                .put("object", "realtime.response")
                .put("id", responseId)
                .put("status", status)
                .put("output", output);
    }

    private JsonObject item(String itemStatus) {
        JsonObject content = new JsonObject().put("type", "output_audio").put("transcript", sentText());
        return new JsonObject()
                .put("id", itemId)
                .put("object", "realtime.item")
                .put("type", "message")
                .put("status", itemStatus)
                .put("role", "assistant")
                .put("content", begun ? new JsonArray().add(content) : new JsonArray());
    }

    private JsonObject at() {
        return new JsonObject().put("response_id", responseId).put("output_index", 0);
    }

    private JsonObject ids() {
        return at().put("item_id", itemId).put("content_index", 0);
    }
}
