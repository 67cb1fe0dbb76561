package dev.tom.bridge.telephony;

import dev.tom.bridge.audio.AudioFormat;
import java.nio.ByteBuffer;

/**
 * What a telephone leg tells the call. All methods are called on the leg's event-loop context, in wire order; {@code started} comes
 * first, {@code stopped} last and exactly once.
 */
public interface TelephonyListener {

    /** The call is known and audio may follow. */
    void started(CallStart start);

    /**
     * Caller audio: 16-bit little-endian mono PCM in the format of the leg, any length, split anywhere.
     *
     * @param pcm valid only during the call
     */
    void audio(ByteBuffer pcm);

    /** A key the caller pressed: 0-9, *, #, A-D. */
    void dtmf(char digit);

    /** The far side will send no more caller audio, but still plays ours. */
    void audioEnded();

    /**
     * The leg is gone.
     *
     * @param reason for the log
     */
    void stopped(String reason);

    /**
     * What is known about a call when it starts.
     *
     * @param callId from the switch's metadata, or made up by the socket when it sends none
     * @param callerHash salted hash of the caller's number, or empty; the number itself stays in the telephony package
     * @param format of the leg
     */
    record CallStart(String callId, String callerHash, AudioFormat format) {}
}
