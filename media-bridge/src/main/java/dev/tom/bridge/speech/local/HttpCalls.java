package dev.tom.bridge.speech.local;

import dev.tom.bridge.speech.FailureReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Requests to one of the processes beside the bridge. Failures arrive as {@link LocalFault}. Shared by all calls; results arrive on the
 * context that asked.
 */
final class HttpCalls {

    /** A restarted speech worker is back in two to three seconds; a caller waits that long for an answer, hardly longer. */
    static final int RESTART_PATIENCE_MILLIS = 3_500;

    private static final int RETRY_MILLIS = 150;
    /** Long enough for the recognizer to finish a few utterances, short enough to fit the patience. */
    static final int NO_ROOM_RETRY_MILLIS = 1_200;

    private static final int CONNECT_MILLIS = 2_000;
    /** More than MAX_CALLS of a pod; as many wait, and more are refused as when the process itself has no room. */
    private static final int CONNECTIONS = 256;

    private static final int MAX_ERROR_BODY = 2_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final URI base;
    private final String who;
    private final StrainGauge strain = new StrainGauge();

    /**
     * @param base address of the process; paths are appended to it
     * @param who what it is called in sentences
     */
    HttpCalls(Vertx vertx, URI base, String who) {
        this.vertx = vertx;
        this.base = base;
        this.who = who;
        client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAliveTimeout(30),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(CONNECTIONS));
    }

    /** How the process copes. */
    StrainGauge strain() {
        return strain;
    }

    /**
     * Sends a request and waits for the head of a 200 answer.
     *
     * @param idleMillis longest silence of the other side before and within the answer
     * @param cancellation resets the request while it is under way
     * @return the answer, paused; whoever gets it sets handlers and resumes it
     */
    Future<HttpClientResponse> send(
            HttpMethod method,
            String path,
            String contentType,
            Buffer body,
            int idleMillis,
            Cancellation cancellation) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(base + path)
                .setIdleTimeout(idleMillis)
                .putHeader("Content-Type", contentType);
        return client.request(options)
                .compose(request -> {
                    cancellation.onCancel(request::reset);
                    return request.send(body).map(response -> {
                        response.pause();
                        return response;
                    });
                })
                .recover(cause -> Future.failedFuture(unreachable(cause)))
                .compose(response ->
                        response.statusCode() == 200 ? Future.succeededFuture(response) : refused(response));
    }

    /** The same, with the whole answer as JSON. */
    Future<JsonObject> json(
            HttpMethod method,
            String path,
            String contentType,
            Buffer body,
            int idleMillis,
            Cancellation cancellation) {
        return send(method, path, contentType, body, idleMillis, cancellation)
                .compose(response -> {
                    Future<Buffer> whole = response.body();
                    response.resume();
                    return whole.recover(cause -> Future.failedFuture(unreachable(cause)));
                })
                .compose(whole -> {
                    try {
                        return Future.succeededFuture(new JsonObject(whole));
                    } catch (DecodeException | ClassCastException e) {
                        return Future.failedFuture(LocalFault.lasting(
                                FailureReason.PROTOCOL, who + " answered with something else than JSON"));
                    }
                });
    }

    /**
     * Repeats a request while it fails in a way that passes, until the patience is used up or it is cancelled; and once when there was no
     * room for it.
     */
    <T> Future<T> patiently(Cancellation cancellation, Supplier<Future<T>> once) {
        return patiently(
                cancellation, once, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RESTART_PATIENCE_MILLIS), true);
    }

    private <T> Future<T> patiently(
            Cancellation cancellation, Supplier<Future<T>> once, long until, boolean roomMayCome) {
        return once.get().recover(cause -> {
            boolean noRoom = cause instanceof LocalFault fault && fault.isSaturated();
            boolean again = (noRoom ? roomMayCome : cause instanceof LocalFault fault && fault.isPassing())
                    && !cancellation.isCancelled()
                    && System.nanoTime() < until;
            if (!again) {
                return Future.failedFuture(cause);
            }
            Promise<T> retried = Promise.promise();
            vertx.setTimer(noRoom ? NO_ROOM_RETRY_MILLIS : RETRY_MILLIS, timer -> {
                if (cancellation.isCancelled()) {
                    retried.fail(cause);
                } else {
                    patiently(cancellation, once, until, roomMayCome && !noRoom).onComplete(retried);
                }
            });
            return retried.future();
        });
    }

    /** What a broken connection means. */
    LocalFault unreachable(Throwable cause) {
        if (cause instanceof LocalFault fault) {
            return fault;
        }
        if (cause instanceof ConnectionPoolTooBusyException) {
            strain.refused();
            return LocalFault.saturated(who + " has no connection left for one more request");
        }
        String detail = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return cause instanceof TimeoutException
                ? LocalFault.lasting(FailureReason.TIMEOUT, who + " did not answer in time (" + detail + ")")
                : LocalFault.passing(
                        FailureReason.UNREACHABLE, who + " cannot be reached at " + base + " (" + detail + ")");
    }

    private <T> Future<T> refused(HttpClientResponse response) {
        int status = response.statusCode();
        Future<Buffer> whole = response.body();
        response.resume();
        return whole.otherwise(Buffer.buffer()).compose(body -> {
            String sentence = who + " answered " + status + ": " + sentence(body);
            return Future.failedFuture(
                    switch (status) {
                        case 429 -> {
                            strain.refused();
                            yield LocalFault.saturated(sentence);
                        }
                        case 401, 403 -> LocalFault.lasting(FailureReason.UNAUTHORIZED, sentence);
                        case 503 -> LocalFault.passing(FailureReason.UNREACHABLE, sentence);
                        default -> LocalFault.lasting(FailureReason.BACKEND_ERROR, sentence);
                    });
        });
    }

    private static String sentence(Buffer body) {
        try {
            Object error = new JsonObject(body).getValue("error");
            if (error instanceof String text) {
                return text;
            }
            if (error instanceof JsonObject object) {
                return object.getString("message", "no reason given");
            }
        } catch (DecodeException | ClassCastException e) {
            // Not the JSON that is usual: then as it is.
        }
        String text = body.getString(0, Math.min(body.length(), MAX_ERROR_BODY)).strip();
        return text.isEmpty() ? "no reason given" : text.lines().findFirst().orElse(text);
    }
}
