package dev.tom.operator.observe;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks bridges for their status, all at once. An answer that comes late, or is not one, counts as no answer. Thread-safe. */
public final class BridgeClient implements AutoCloseable {

    /** Longer than any answer of a bridge that works, short enough to ask again every second. */
    static final Duration PATIENCE = Duration.ofMillis(700);

    /** A status has a few kB, with histograms and a hundred dead runs about 80; whoever sends more is no bridge. */
    private static final long MAX_BODY_BYTES = 256 * 1024;

    /** Questions under way at once, over all windows: bounds sockets and memory when many windows end together. */
    private static final int MOST_AT_ONCE = 128;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .executor(threads)
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Consumer<Boolean> asked;

    /**
     * Asks nobody yet.
     *
     * @param asked told of each question whether it was answered; must not block
     */
    public BridgeClient(Consumer<Boolean> asked) {
        this.asked = asked;
    }

    /** What came back. */
    sealed interface Answer {
        /** The bridge's status. */
        record Told(BridgeStatus status) implements Answer {}

        /** Nothing that proves anything. */
        record Nothing(String why) implements Answer {}
    }

    /** The answers of all bridges, by the keys of {@code addresses}; once they are asked, it takes at most {@link #PATIENCE} and a little. */
    Map<String, Answer> ask(Map<String, URI> addresses) {
        var pending = new LinkedHashMap<String, CompletableFuture<Answer>>();
        addresses.forEach((pod, address) -> pending.put(pod, ask(address)));
        var answers = new LinkedHashMap<String, Answer>();
        pending.forEach((pod, answer) -> answers.put(pod, answer.join()));
        return answers;
    }

    private CompletableFuture<Answer> ask(URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
        places.acquireUninterruptibly(); // given back by every question within its patience
        return http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES))
                .thenApply(this::read)
                // The request's own timeout ends with the headers; the body may drip.
                .completeOnTimeout(tooLate(), PATIENCE.toMillis() + 100, TimeUnit.MILLISECONDS)
                .exceptionally(BridgeClient::failed)
                .whenComplete((answer, none) -> {
                    places.release();
                    asked.accept(answer instanceof Answer.Told);
                });
    }

    private Answer read(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            return new Answer.Nothing("HTTP " + response.statusCode());
        }
        try {
            return new Answer.Told(json.readValue(response.body(), BridgeStatus.class));
        } catch (JacksonException e) {
            return new Answer.Nothing("an answer that is no bridge status");
        } catch (IOException e) {
            return new Answer.Nothing("an unreadable answer");
        }
    }

    private static Answer failed(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof HttpTimeoutException ? tooLate() : new Answer.Nothing("no connection");
    }

    private static Answer tooLate() {
        return new Answer.Nothing("no answer within " + PATIENCE.toMillis() + " ms");
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
