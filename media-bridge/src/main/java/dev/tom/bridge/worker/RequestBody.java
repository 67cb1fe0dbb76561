package dev.tom.bridge.worker;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads a request body up to a bound. */
final class RequestBody {

    private RequestBody() {}

    /**
     * Collects the body and hands it over; a larger one is answered with 413 and this sentence.
     *
     * @param maxBytes bound, known before the first byte when the client names its length
     */
    static void read(HttpServerRequest request, int maxBytes, String tooLarge, Consumer<Buffer> whole) {
        if (declaredLength(request) > maxBytes) {
            WorkerServer.refuse(request, 413, tooLarge);
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= maxBytes) {
                body.appendBuffer(chunk);
            } else {
                request.handler(ignored -> {});
                request.endHandler(ignored -> {});
                WorkerServer.refuse(request, 413, tooLarge);
            }
        });
        request.endHandler(end -> whole.accept(body));
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
