package dev.tom.bridge.telephony.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where a JWK set comes from. Blocks. */
final class JwksSource {

    /** Thirty-two keys of 4096 bits with certificates fit many times. */
    private static final int LARGEST = 256 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE = Duration.ofSeconds(5);

    private final URI uri;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** @param uri {@code https:}, {@code http:} or {@code file:} */
    JwksSource(URI uri) {
        this.uri = uri;
    }

    /** @throws IOException when it cannot be read, is too large or is no success */
    String read() throws IOException, InterruptedException {
        return "file".equals(uri.getScheme()) ? file(Path.of(uri)) : fetched();
    }

    private static String file(Path path) throws IOException {
        if (Files.size(path) > LARGEST) {
            throw new IOException("larger than " + LARGEST + " bytes");
        }
        return Files.readString(path);
    }

    private String fetched() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/jwk-set+json, application/json")
                .timeout(WHOLE)
                .build();
        var answer = client.sendAsync(
                request, BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST));
        try {
            HttpResponse<String> response = answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + WHOLE.toSeconds() + " s", e);
        }
    }

    void close() {
        client.shutdownNow();
    }
}
