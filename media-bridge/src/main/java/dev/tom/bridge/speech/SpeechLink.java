package dev.tom.bridge.speech;

/**
 * One conversation of one call with one backend. Confined to the event-loop context of its call; no method blocks or throws for a
 * fault of the other side, which arrives as {@link SpeechEvent.Failed}.
 *
 * <p>Before {@link SpeechEvent.Ready} the link keeps the audio that it is given (bounded, oldest dropped and counted) and sends it
 * when it is ready: the first words of the caller are not lost.
 */
public interface SpeechLink {

    /**
     * Caller audio, one frame of 20 ms in the format of the leg.
     *
     * @param frame borrowed; copied if kept
     */
    void audio(short[] frame);

    /** The caller began to speak, by our own voice gate. A backend with its own turn detection may ignore it. */
    void turnStarted();

    /** The caller stopped speaking, by our own voice gate. A backend without turn detection answers now. */
    void turnEnded();

    /**
     * The caller cut the running answer off: no more of it is wanted, and what was not heard was not said.
     *
     * @param playedMillis how much of the answer left for the phone, in milliseconds; not more than was received
     */
    void interrupt(String answerId, long playedMillis);

    /**
     * Asks for an answer to a conversation whose last words are in {@link LinkRequest#history()}; used after a failover in
     * which the caller was waiting and no audio of the question is left to replay.
     */
    void answerNow();

    /** Ends the conversation and releases its socket. Idempotent; no event follows. */
    void close();
}
