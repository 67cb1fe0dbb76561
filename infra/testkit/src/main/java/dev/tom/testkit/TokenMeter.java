package dev.tom.testkit;

import io.vertx.core.json.JsonObject;

/**
 * Counts tokens the way the service charges: caller audio 1 per 100 ms, answer audio 1 per 50 ms, text about 1 per 4 characters; each
 * response reads the whole conversation again, and what the response before it had read is cached.
 */
final class TokenMeter {

    private long audioMillis;
    private long textCharacters;
    private long cachedAudio;
    private long cachedText;

    void heard(long millis) {
        audioMillis += millis;
    }

    void text(String text) {
        textCharacters += text.length();
    }

    JsonObject response(long answerMillis, String answerText) {
        long audioIn = audioMillis / 100;
        long textIn = textCharacters / 4;
        long audioOut = answerMillis / 50;
        long textOut = answerText.length() / 4;
        JsonObject cached = new JsonObject().put("text_tokens", cachedText).put("audio_tokens", cachedAudio);
        JsonObject input = new JsonObject()
                .put("text_tokens", textIn)
                .put("audio_tokens", audioIn)
                .put("image_tokens", 0)
                .put("cached_tokens", cachedText + cachedAudio)
                .put("cached_tokens_details", cached);
        JsonObject output = new JsonObject().put("text_tokens", textOut).put("audio_tokens", audioOut);
        cachedAudio = audioIn;
        cachedText = textIn;
        // The answer is read again by the next response, as audio of 1 token per 100 ms.
        audioMillis += answerMillis;
        textCharacters += answerText.length();
        return new JsonObject()
                .put("total_tokens", textIn + audioIn + textOut + audioOut)
                .put("input_tokens", textIn + audioIn)
                .put("output_tokens", textOut + audioOut)
                .put("input_token_details", input)
                .put("output_token_details", output);
    }

    static JsonObject transcription(String text) {
        long tokens = text.length() / 4;
        return new JsonObject()
                .put("type", "tokens")
                .put("input_tokens", 2 * tokens)
                .put("output_tokens", tokens)
                .put("total_tokens", 3 * tokens);
    }
}
