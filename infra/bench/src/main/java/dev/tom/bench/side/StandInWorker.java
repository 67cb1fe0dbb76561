package dev.tom.bench.side;

import dev.tom.bench.wire.Sound;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * Stands in for the speech worker: hears the same sentence in everything and speaks two seconds of a buzz, both at once. So what is
 * measured is the bridge and not the engines.
 */
public final class StandInWorker {

    private static final int SECONDS = 2;

    private StandInWorker() {}

    /** Runs until the process is ended. */
    public static void run() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        vertx.createHttpServer()
                .requestHandler(StandInWorker::answer)
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println(
                        new JsonObject().put("port", server.actualPort()).encode()));
    }

    private static void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            switch (request.path()) {
                case "/v1/recognize" ->
                    json(
                            request,
                            new JsonObject()
                                    .put("text", "Haben Sie morgen einen Termin frei?")
                                    .put("audioMillis", 1_000)
                                    .put("tookMillis", 1));
                case "/v1/synthesize" -> speak(request, new JsonObject(body).getInteger("rate", 8_000));
                default -> json(request, new JsonObject().put("ready", true));
            }
        });
    }

    private static void json(HttpServerRequest request, JsonObject body) {
        request.response().putHeader("Content-Type", "application/json").end(body.encode());
    }

    private static void speak(HttpServerRequest request, int rate) {
        Buffer pcm = Buffer.buffer(2 * SECONDS * rate);
        for (int i = 0; i < SECONDS * rate; i++) {
            pcm.appendShortLE(Sound.sample(Sound.LOCAL * 8_000 / rate, i));
        }
        var response = request.response().setChunked(true).putHeader("Trailer", "X-Took-Millis");
        response.write(pcm);
        response.putTrailer("X-Took-Millis", "1").end();
    }
}
