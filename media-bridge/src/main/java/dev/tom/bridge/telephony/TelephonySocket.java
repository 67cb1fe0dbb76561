package dev.tom.bridge.telephony;

import java.util.Set;

/**
 * The socket of one telephone leg, whatever its dialect. Confined to the event-loop context of its call.
 *
 * <p>The dialect decides how frames become messages; pacing is the caller's, by {@link #traits()}.
 */
public interface TelephonySocket {

    /** What the far side's buffering asks of the playout. */
    PlayoutTraits traits();

    /** What this dialect can do beyond playing; the others of its methods below do nothing but close. */
    Set<Capability> capabilities();

    /**
     * Sends one frame of answer audio.
     *
     * @param frame 20 ms in the format of the leg, borrowed
     */
    void play(short[] frame);

    /** Says that the answer is complete, so that a dialect that collects audio can send what it holds. */
    void endOfAnswer();

    /** Makes the far side drop what it has queued; without {@link Capability#CLEAR} it may go on playing what it has. */
    void clear();

    /** Bytes written but not yet taken by the network, for the bound on a slow reader. */
    boolean writeQueueFull();

    /**
     * Whether the far side asked to wait with audio ({@link Capability#FLOW_CONTROL}). What it would be sent stays queued, and its time
     * does not pass.
     */
    boolean paused();

    /**
     * Asks the far side to send the caller elsewhere; the socket stays until the far side closes it. Does nothing without
     * {@link Capability#TRANSFER}.
     *
     * @param extension where to, digits and letters the dialplan knows
     */
    void transfer(String extension);

    /**
     * Ends the telephone call: asks the far side to hang up where the dialect can ({@link Capability#HANG_UP}), and closes the socket with
     * 1000.
     *
     * @param reason one sentence, at most 123 bytes
     */
    void hangUp(String reason);

    /**
     * Closes the socket.
     *
     * @param code a WebSocket close code that the far side accepts (1000, 1001, 1008, 1011, 3000-4999)
     * @param reason one sentence, at most 123 bytes
     */
    void close(int code, String reason);
}
