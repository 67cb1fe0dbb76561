package dev.tom.testkit;

/**
 * One scripted turn of a provider: what it understands and what it answers, whatever the caller says.
 *
 * @param callerText what the transcription of the caller's words will say
 * @param answer the answer's audio, any rate, mono
 * @param answerText the answer's words
 * @param thinkMillis end of the caller's turn to the first audio, in milliseconds
 */
public record ProviderTurn(String callerText, Wav answer, String answerText, int thinkMillis) {

    private static final int THINK_MILLIS = 250;

    /** A turn from recorded sentences. */
    public static ProviderTurn of(Speech caller, Speech answer) {
        return new ProviderTurn(caller.text(), answer.wav(16_000), answer.text(), THINK_MILLIS);
    }

    public ProviderTurn thinking(int millis) {
        return new ProviderTurn(callerText, answer, answerText, millis);
    }
}
