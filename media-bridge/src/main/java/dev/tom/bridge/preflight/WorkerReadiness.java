package dev.tom.bridge.preflight;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What the speech worker's own readiness page says. Confined to one thread. */
final class WorkerReadiness implements AutoCloseable {

    /** It is in the same pod; a worker with every thread busy still answers this from its event loop. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Optional<URI> worker;
    private final BooleanSupplier warm;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /**
     * @param worker base address of the speech worker, where there is one
     * @param warm whether it has recognized and spoken for this bridge
     */
    WorkerReadiness(Optional<URI> worker, BooleanSupplier warm) {
        this.worker = worker;
        this.warm = warm;
    }

    /** Pipeline and models. */
    record Answer(Finding local, Finding models) {}

    Answer look() {
        if (worker.isEmpty()) {
            String sentence = "SPEECH_WORKER_URL is not set: there is no local pipeline.";
            return new Answer(Finding.bad("none", sentence), Finding.bad("none", sentence));
        }
        URI page = URI.create(worker.get() + "/readyz");
        try {
            HttpResponse<Void> answer = http.send(
                    HttpRequest.newBuilder(page).timeout(PATIENCE).GET().build(), BodyHandlers.discarding());
            return answered(answer.statusCode());
        } catch (IOException e) {
            String sentence = "The speech worker cannot be reached: look at the log of its container.";
            return new Answer(Finding.bad("unreachable", sentence), Finding.open("unknown", sentence));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(Finding.open("unknown", ""), Finding.open("unknown", ""));
        }
    }

    private Answer answered(int status) {
        if (status == 200) {
            return new Answer(
                    warm.getAsBoolean()
                            ? Finding.good("warm")
                            : Finding.open("warming", "The local pipeline is warming up."),
                    Finding.good("present"));
        }
        String sentence = "The speech worker is loading its models.";
        return new Answer(Finding.open("warming", sentence), Finding.open("loading", sentence));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
