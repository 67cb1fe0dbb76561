package dev.tom.bridge.speech.realtime;

import java.net.URI;
import java.util.Optional;

/**
 * How the provider is reached and who the assistant is.
 *
 * @param url WebSocket endpoint without the model; {@code wss}, or {@code ws} on loopback only
 * @param apiKey the key; never logged
 * @param model model id or name of a deployment, for the query
 * @param voice voice name
 * @param instructions system instructions, possibly empty
 * @param language ISO 639-1 code of the caller's language
 * @param authHeader which header carries the key
 * @param tuning how sessions behave
 * @param proxy leads to the provider by CONNECT; empty: the provider is reached directly
 */
public record RealtimeSettings(
        URI url,
        String apiKey,
        String model,
        String voice,
        String instructions,
        String language,
        AuthHeader authHeader,
        SessionTuning tuning,
        Optional<ProxyAddress> proxy) {

    /** With the usual header and sessions, reached directly. */
    public RealtimeSettings(URI url, String apiKey, String model, String voice, String instructions, String language) {
        this(
                url,
                apiKey,
                model,
                voice,
                instructions,
                language,
                AuthHeader.AUTO,
                SessionTuning.DEFAULT,
                Optional.empty());
    }

    public RealtimeSettings with(SessionTuning other) {
        return new RealtimeSettings(url, apiKey, model, voice, instructions, language, authHeader, other, proxy);
    }

    /** The same provider behind a proxy. */
    public RealtimeSettings behind(ProxyAddress other) {
        return new RealtimeSettings(
                url, apiKey, model, voice, instructions, language, authHeader, tuning, Optional.of(other));
    }

    @Override
    public String toString() {
        return "RealtimeSettings[" + url + ", model=" + model + ", voice=" + voice + ", key="
                + (apiKey.isEmpty() ? "none" : "set")
                + proxy.map(address -> ", proxy=" + address).orElse("") + "]";
    }
}
