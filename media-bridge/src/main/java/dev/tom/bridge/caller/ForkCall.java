package dev.tom.bridge.caller;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * How a bridge is called over the {@code mod_audio_fork} protocol.
 *
 * @param url with the rate in its query
 * @param authorization value of that header; a secret
 * @param metadata the first text message, JSON
 */
public record ForkCall(URI url, AudioFormat format, Optional<String> authorization, JsonObject metadata) {

    /**
     * Puts a call together.
     *
     * @param url {@code ws} or {@code wss}, possibly with parameters of its own
     * @param metadata a JSON object, possibly empty
     * @throws IllegalArgumentException with one sentence that says what to do
     */
    public static ForkCall of(String url, AudioFormat format, Optional<String> authorization, String metadata) {
        return new ForkCall(withRate(parsed(url), format), format, authorization, parsedMetadata(metadata));
    }

    /** The same call under this call id, unless the metadata has one. */
    public ForkCall withCallId(String callId) {
        return metadata.containsKey("callId")
                ? this
                : new ForkCall(url, format, authorization, metadata.copy().put("callId", callId));
    }

    /** The same call at another address. */
    ForkCall at(URI other) {
        return new ForkCall(other, format, authorization, metadata);
    }

    /** The same call with this token as its proof. */
    public ForkCall withBearer(String token) {
        return new ForkCall(url, format, Optional.of(bearer(token)), metadata);
    }

    public static String bearer(String token) {
        return "Bearer " + token;
    }

    /** @param pair {@code user:password} */
    public static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** The address without its query, which may hold a token. */
    public String place() {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }

    private static URI parsed(String url) {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && uri.getUserInfo() == null && (scheme.equals("ws") || scheme.equals("wss"))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // the sentence below says it
        }
        throw new IllegalArgumentException(
                "The bridge's address must be a ws:// or wss:// URL without a user, such as ws://127.0.0.1:8080/v1/fork");
    }

    private static URI withRate(URI url, AudioFormat format) {
        String query = url.getRawQuery();
        if (query != null && ("&" + query).contains("&rate=")) {
            throw new IllegalArgumentException("The bridge's address names a rate: leave it out and give --rate");
        }
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + "?"
                + (query == null || query.isEmpty() ? "" : query + "&") + "rate=" + format.sampleRate());
    }

    private static JsonObject parsedMetadata(String metadata) {
        try {
            return metadata.isBlank() ? new JsonObject() : new JsonObject(metadata);
        } catch (DecodeException e) {
            throw new IllegalArgumentException("The metadata must be a JSON object such as {\"from\":\"+4930123\"}");
        }
    }

    @Override
    public String toString() {
        return "ForkCall[" + place() + ", " + format + ", authorization=" + (authorization.isPresent() ? "set" : "none")
                + "]";
    }
}
