package dev.tom.bridge.speech;

/**
 * What a backend says in a conversation. Delivered on the event-loop context of the call, in order.
 *
 * <p>{@link AnswerAudio} carries audio past the machines: the session hands it to the downlink path and tells the machine only that
 * there was some.
 */
public sealed interface SpeechEvent {

    /** The conversation can begin: the format is agreed and audio held back was sent. */
    record Ready() implements SpeechEvent {}

    /** The backend itself heard the caller begin to speak. */
    record SpeechHeard() implements SpeechEvent {}

    /**
     * What the caller said, recognized by the backend; may come after the answer began.
     *
     * @param text the words, possibly empty
     */
    record CallerSaid(String text) implements SpeechEvent {}

    /** An answer begins. */
    record AnswerStarted(String answerId) implements SpeechEvent {}

    /**
     * Answer audio in the format of the leg, any length, usually faster than real time.
     *
     * @param pcm borrowed: valid only during delivery
     * @param length valid samples from index 0
     */
    record AnswerAudio(String answerId, short[] pcm, int length) implements SpeechEvent {}

    /** A piece of the words of an answer, in order. */
    record AnswerText(String answerId, String text) implements SpeechEvent {}

    /** The whole answer was delivered, or it was cancelled; no more audio of it follows. */
    record AnswerDone(String answerId) implements SpeechEvent {}

    /** What the provider charges for one response or for one transcription. */
    record Used(TokenUsage usage) implements SpeechEvent {}

    /**
     * How long this conversation may last; follows {@link Ready}. A conversation that has no end does not say it.
     *
     * @param renewMillis after so many milliseconds a fresh one should follow at the next pause
     * @param endMillis after so many milliseconds the other side ends it
     */
    record Lasting(long renewMillis, long endMillis) implements SpeechEvent {}

    /**
     * What the provider still allows of something that it rations.
     *
     * @param name what, in the provider's word: {@code requests}, {@code tokens}
     * @param remainingRatio what is left, 0 to 1
     */
    record Allowance(String name, double remainingRatio) implements SpeechEvent {}

    /**
     * Time that a local engine worked for this call.
     *
     * @param engine which engine
     * @param millis busy time in milliseconds
     */
    record Worked(Engine engine, long millis) implements SpeechEvent {}

    /**
     * Caller audio was dropped because a bounded queue of the link was full; for the metrics.
     *
     * @param queue its label
     * @param frames how much, in frames of 20 ms
     */
    record Dropped(String queue, long frames) implements SpeechEvent {}

    /**
     * The provider reported an error that leaves the conversation usable; counted by the circuit breaker.
     *
     * @param detail one sentence for the log, without caller data
     */
    record Troubled(FailureReason reason, String detail) implements SpeechEvent {}

    /**
     * The conversation is over and its socket is gone.
     *
     * @param detail one sentence for the log, without caller data and without secrets
     */
    record Failed(FailureReason reason, String detail) implements SpeechEvent {}

    /** The engines of the local pipeline. */
    enum Engine {
        STT,
        LLM,
        TTS
    }
}
