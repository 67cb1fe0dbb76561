package dev.tom.bridge.speech;

/**
 * Tokens of one provider response ({@code response.done.usage}). Cached tokens are part of the input tokens.
 *
 * @param textInput text tokens read, cached ones included
 * @param audioInput audio tokens read, cached ones included
 * @param cachedText of {@code textInput}, charged at the cached price
 * @param cachedAudio of {@code audioInput}, charged at the cached price
 * @param textOutput text tokens written
 * @param audioOutput audio tokens spoken
 */
public record TokenUsage(
        long textInput, long audioInput, long cachedText, long cachedAudio, long textOutput, long audioOutput) {

    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0, 0);

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                textInput + other.textInput,
                audioInput + other.audioInput,
                cachedText + other.cachedText,
                cachedAudio + other.cachedAudio,
                textOutput + other.textOutput,
                audioOutput + other.audioOutput);
    }
}
