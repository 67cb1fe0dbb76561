package dev.tom.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** An HTTP probe as the kubelet makes it. */
public record Probe(URI url) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Whether it answers 200 now; an answer takes at most one second. */
    public boolean succeeds() {
        HttpRequest request =
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(1)).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
