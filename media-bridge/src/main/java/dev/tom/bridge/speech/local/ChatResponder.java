package dev.tom.bridge.speech.local;

import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.Utterance;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;

/** Asks a language model behind an OpenAI-compatible {@code /v1/chat/completions}, streamed. */
final class ChatResponder implements Responder {

    /** Utterances that are sent along; older ones are left out. */
    static final int MAX_HISTORY = 24;

    /** A spoken answer of a hundred words is long; this is room for two. */
    private static final int MAX_TOKENS = 300;

    private static final int IDLE_MILLIS = 6_000;
    private static final String END = "[DONE]";

    private final HttpCalls llm;
    private final String model;
    private final String instructions;

    ChatResponder(HttpCalls llm, String model, String instructions) {
        this.llm = llm;
        this.model = model;
        this.instructions = instructions.isBlank() ? Phrases.INSTRUCTIONS : instructions;
    }

    @Override
    public Future<Long> respond(List<Utterance> history, Consumer<String> pieces, Cancellation cancellation) {
        long start = System.nanoTime();
        Buffer body = request(history).toBuffer();
        return llm.send(HttpMethod.POST, "/chat/completions", "application/json", body, IDLE_MILLIS, cancellation)
                .compose(response -> receive(response, pieces, cancellation))
                .map(done -> (System.nanoTime() - start) / 1_000_000);
    }

    JsonObject request(List<Utterance> history) {
        JsonArray messages = new JsonArray().add(message("system", instructions));
        history.stream()
                .skip(Math.max(0, history.size() - MAX_HISTORY))
                .map(utterance -> switch (utterance.speaker()) {
                    case CALLER -> message("user", utterance.text());
                    case ASSISTANT -> message("assistant", utterance.text() + (utterance.interrupted() ? " …" : ""));
                })
                .forEach(messages::add);
        return new JsonObject()
                .put("model", model)
                .put("messages", messages)
                .put("max_tokens", MAX_TOKENS)
                .put("temperature", 0.4)
                .put("stream", true);
    }

    private static JsonObject message(String role, String content) {
        return new JsonObject().put("role", role).put("content", content);
    }

    private Future<Void> receive(HttpClientResponse response, Consumer<String> pieces, Cancellation cancellation) {
        Promise<Void> done = Promise.promise();
        SseParser events = new SseParser();
        response.handler(bytes -> {
            try {
                for (String event : events.feed(bytes)) {
                    if (event.equals(END)) {
                        done.tryComplete();
                    } else if (!cancellation.isCancelled() && !done.future().isComplete()) {
                        pieces.accept(content(event));
                    }
                }
            } catch (DecodeException | ClassCastException | IllegalStateException e) {
                done.tryFail(LocalFault.lasting(
                        FailureReason.PROTOCOL, "the language model sent what is no chat completion"));
                response.request().reset();
            }
        });
        response.exceptionHandler(cause -> done.tryFail(llm.unreachable(cause)));
        // Some servers end the stream without saying so before.
        response.endHandler(end -> done.tryComplete());
        response.resume();
        return done.future();
    }

    /** The new words in one event; empty when it only says something else. */
    static String content(String event) {
        JsonObject json = new JsonObject(event);
        JsonArray choices = json.getJsonArray("choices", new JsonArray());
        if (choices.isEmpty()) {
            return "";
        }
        JsonObject delta = choices.getJsonObject(0).getJsonObject("delta");
        String content = delta == null ? null : delta.getString("content");
        return content == null ? "" : content;
    }
}
