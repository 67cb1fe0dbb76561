package dev.tom.bridge.telephony;

/**
 * The socket of one telephone leg, whatever its dialect. Confined to the event-loop context of its call.
 *
 * <p>The dialect decides how frames become messages; pacing is the caller's, by {@link #traits()}.
 */
public interface TelephonySocket {

    /** What the far side's buffering asks of the playout. */
    PlayoutTraits traits();

    /**
     * Sends one frame of answer audio.
     *
     * @param frame 20 ms in the format of the leg, borrowed
     */
    void play(short[] frame);

    /** Says that the answer is complete, so that a dialect that collects audio can send what it holds. */
    void endOfAnswer();

    /** Makes the far side drop what it has queued. */
    void clear();

    /** Bytes written but not yet taken by the network, for the bound on a slow reader. */
    boolean writeQueueFull();

    /**
     * Closes the socket.
     *
     * @param code a WebSocket close code that the far side accepts (1000, 1001, 1008, 1011, 3000-4999)
     * @param reason one sentence, at most 123 bytes
     */
    void close(int code, String reason);
}
