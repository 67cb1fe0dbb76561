package dev.tom.testkit;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/**
 * How a caller reaches a bridge.
 *
 * @param url the fork URL as a dialplan would give it, with its query; a token goes here
 * @param metadata sent as the first text message; empty: none
 * @param rate 8000 or 16000
 * @param playback how answers are heard
 * @param basicAuth {@code user:password}
 */
public record CallerOptions(URI url, String metadata, int rate, Playback playback, Optional<String> basicAuth) {

    /** The two ways of the module to play answers. */
    public enum Playback {
        /** Binary messages are mixed into the call as they come. */
        STREAM,
        /** {@code playAudio} makes a file that the dialplan's application plays. */
        FILE
    }

    public CallerOptions {
        if (rate != 8_000 && rate != 16_000) {
            throw new IllegalArgumentException("rate must be 8000 or 16000, not " + rate);
        }
    }

    /**
     * A caller of a bridge's fork endpoint.
     *
     * @param endpoint without a query, for example {@code ws://127.0.0.1:8080/v1/fork}
     */
    public static CallerOptions of(URI endpoint, String callId, int rate, Playback playback) {
        String way = playback == Playback.STREAM ? "stream" : "file";
        String metadata = new JsonObject()
                .put("callId", callId)
                .put("from", "+4973100000")
                .put("to", "+4973199999")
                .encode();
        return new CallerOptions(
                URI.create(endpoint + "?rate=" + rate + "&playback=" + way),
                metadata,
                rate,
                playback,
                Optional.empty());
    }

    /** Narrow band, streamed. */
    public static CallerOptions of(URI endpoint, String callId) {
        return of(endpoint, callId, 8_000, Playback.STREAM);
    }

    public CallerOptions withBasicAuth(String user, String password) {
        return new CallerOptions(url, metadata, rate, playback, Optional.of(user + ":" + password));
    }

    public CallerOptions withMetadata(String text) {
        return new CallerOptions(url, text, rate, playback, basicAuth);
    }

    public CallerOptions withUrl(URI other) {
        return new CallerOptions(other, metadata, rate, playback, basicAuth);
    }

    @Override
    public String toString() {
        return "CallerOptions[" + url.getScheme() + "://" + url.getAuthority() + url.getPath() + ", " + rate + " Hz, "
                + playback + "]";
    }
}
