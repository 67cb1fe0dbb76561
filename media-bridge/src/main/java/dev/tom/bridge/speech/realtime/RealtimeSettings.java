package dev.tom.bridge.speech.realtime;

import java.net.URI;

/**
 * How the provider is reached and who the assistant is.
 *
 * @param url WebSocket endpoint without the model; {@code wss}, or {@code ws} on loopback only
 * @param apiKey bearer key; never logged
 * @param model model id, for the {@code model} query parameter
 * @param voice voice name
 * @param instructions system instructions, possibly empty
 * @param language ISO 639-1 code of the caller's language
 */
public record RealtimeSettings(
        URI url, String apiKey, String model, String voice, String instructions, String language) {

    @Override
    public String toString() {
        return "RealtimeSettings[" + url + ", model=" + model + ", voice=" + voice + ", key="
                + (apiKey.isEmpty() ? "none" : "set") + "]";
    }
}
