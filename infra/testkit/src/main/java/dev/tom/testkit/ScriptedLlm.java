package dev.tom.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A language model behind {@code POST /v1/chat/completions}, streamed (server-sent events) or not. Its answers stand in a script; when
 * that is used up it repeats what it understood.
 */
public final class ScriptedLlm implements AutoCloseable {

    private final Vertx vertx;
    private final HttpServer server;
    private final List<JsonArray> conversations = new ArrayList<>();
    private final List<String> script = new ArrayList<>();
    private volatile int firstTokenMillis = 60;
    private volatile int tokenMillis = 15;
    private volatile int failStatus;
    private volatile int port;

    private ScriptedLlm(Vertx vertx) {
        this.vertx = vertx;
        this.server = vertx.createHttpServer().requestHandler(this::request);
    }

    /**
     * Starts on loopback; blocks until it listens. Not for event loops.
     *
     * @param port 0 for any free one
     */
    public static ScriptedLlm start(Vertx vertx, int port) {
        ScriptedLlm llm = new ScriptedLlm(vertx);
        llm.port = llm.server.listen(port, "127.0.0.1").await().actualPort();
        return llm;
    }

    /** Base of the API, ending in {@code /v1}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port + "/v1");
    }

    /** Adds answers, used one by one. */
    public void script(String... answers) {
        synchronized (script) {
            script.addAll(List.of(answers));
        }
    }

    /** Time to the first token and between tokens, in milliseconds. */
    public void pace(int firstMillis, int eachMillis) {
        firstTokenMillis = firstMillis;
        tokenMillis = eachMillis;
    }

    /** Answers every request with this HTTP status; 0: all is well again. */
    public void failWith(int status) {
        failStatus = status;
    }

    /** The {@code messages} of every request, in order. */
    public List<JsonArray> conversations() {
        synchronized (conversations) {
            return List.copyOf(conversations);
        }
    }

    @Override
    public void close() {
        server.close().await();
    }

    private void request(HttpServerRequest request) {
        if (!request.path().equals("/v1/chat/completions")) {
            request.response().setStatusCode(404).end();
            return;
        }
        request.body().onSuccess(body -> answer(body, request.response()));
    }

    private void answer(Buffer body, HttpServerResponse response) {
        JsonObject ask;
        try {
            ask = body.toJsonObject();
        } catch (DecodeException e) {
            response.setStatusCode(400).end("{\"error\":{\"message\":\"the body is no JSON\"}}");
            return;
        }
        JsonArray messages = ask.getJsonArray("messages", new JsonArray());
        synchronized (conversations) {
            conversations.add(messages);
        }
        if (failStatus != 0) {
            response.setStatusCode(failStatus).end("{\"error\":{\"message\":\"scripted failure\"}}");
            return;
        }
        String text = nextAnswer(messages);
        if (ask.getBoolean("stream", false)) {
            response.putHeader("Content-Type", "text/event-stream").setChunked(true);
            stream(response, text.split("(?<= )"), 0);
        } else {
            JsonObject message = new JsonObject().put("role", "assistant").put("content", text);
            vertx.setTimer(
                    firstTokenMillis,
                    _ -> response.putHeader("Content-Type", "application/json")
                            .end(chunk("chat.completion", "message", message, "stop")
                                    .encode()));
        }
    }

    private void stream(HttpServerResponse response, String[] tokens, int next) {
        vertx.setTimer(Math.max(1, next == 0 ? firstTokenMillis : tokenMillis), _ -> {
            if (response.closed()) {
                return;
            }
            JsonObject delta = new JsonObject();
            if (next == 0) {
                delta.put("role", "assistant");
            }
            if (next < tokens.length) {
                event(
                        response,
                        chunk("chat.completion.chunk", "delta", delta.put("content", tokens[next]), null)
                                .encode());
                stream(response, tokens, next + 1);
            } else {
                event(
                        response,
                        chunk("chat.completion.chunk", "delta", delta, "stop").encode());
                event(response, "[DONE]");
                response.end();
            }
        });
    }

    private static void event(HttpServerResponse response, String data) {
        response.write("data: " + data + "\n\n");
    }

    private static JsonObject chunk(
            String object, String part, JsonObject content, @org.jspecify.annotations.Nullable String finish) {
        JsonObject choice = new JsonObject().put("index", 0).put(part, content).put("finish_reason", finish);
        return new JsonObject()
                .put("id", "chatcmpl-1")
                .put("object", object)
                .put("model", "scripted")
                .put("choices", new JsonArray().add(choice));
    }

    private String nextAnswer(JsonArray messages) {
        synchronized (script) {
            if (!script.isEmpty()) {
                return script.removeFirst();
            }
        }
        String heard = messages.isEmpty()
                ? ""
                : messages.getJsonObject(messages.size() - 1).getString("content", "");
        return "Gerne, ich habe Sie verstanden. Sie sagten: " + heard;
    }
}
