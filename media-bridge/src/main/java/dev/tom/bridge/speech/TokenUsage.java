package dev.tom.bridge.speech;

/**
 * Tokens of provider responses ({@code response.done.usage}) and of the transcription of the caller. Cached tokens are part of the input
 * tokens.
 *
 * @param textInput text tokens read, cached ones included
 * @param audioInput audio tokens read, cached ones included
 * @param cachedText of {@code textInput}, charged at the cached price
 * @param cachedAudio of {@code audioInput}, charged at the cached price
 * @param textOutput text tokens written
 * @param audioOutput audio tokens spoken
 * @param transcription what writing down the caller's words took
 * @param cachedAssumed whether the provider did not say how its cached tokens divide into text and audio, and the division is ours
 */
public record TokenUsage(
        long textInput,
        long audioInput,
        long cachedText,
        long cachedAudio,
        long textOutput,
        long audioOutput,
        TranscriptionUsage transcription,
        boolean cachedAssumed) {

    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0, 0);

    /** Of responses only. */
    public TokenUsage(
            long textInput, long audioInput, long cachedText, long cachedAudio, long textOutput, long audioOutput) {
        this(textInput, audioInput, cachedText, cachedAudio, textOutput, audioOutput, TranscriptionUsage.NONE, false);
    }

    /** Of a transcription only. */
    public static TokenUsage of(TranscriptionUsage transcription) {
        return new TokenUsage(0, 0, 0, 0, 0, 0, transcription, false);
    }

    /** The same, flagged. */
    public TokenUsage assumingCached() {
        return new TokenUsage(
                textInput, audioInput, cachedText, cachedAudio, textOutput, audioOutput, transcription, true);
    }

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                textInput + other.textInput,
                audioInput + other.audioInput,
                cachedText + other.cachedText,
                cachedAudio + other.cachedAudio,
                textOutput + other.textOutput,
                audioOutput + other.audioOutput,
                transcription.plus(other.transcription),
                cachedAssumed || other.cachedAssumed);
    }
}
