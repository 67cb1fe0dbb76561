package dev.tom.bridge.telephony;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.buffer.Buffer;
import java.util.Set;

/**
 * One dialect of telephone sockets: what its messages mean and how ours are written. Does no I/O; keeps the state of one leg and is
 * confined to its context.
 *
 * <p>Optional orders are given only with their {@link Capability}.
 */
interface TelephonyCodec {

    /** Where outgoing messages go. */
    interface Wire {
        void sendBinary(Buffer message);

        void sendText(String message);
    }

    /** Of the leg, both ways; final once {@link TelephonyMessage.Metadata} was read. */
    AudioFormat format();

    PlayoutTraits traits();

    Set<Capability> capabilities();

    /** What a text message means; never throws. */
    TelephonyMessage text(Buffer message);

    /** What a binary message means; never throws. */
    TelephonyMessage binary(Buffer message);

    /** The call was accepted; before any audio goes out. */
    void begin(Wire wire);

    /** Whether the far side asked to wait with audio. Only with {@link Capability#FLOW_CONTROL}. */
    boolean paused();

    /**
     * Sends one frame.
     *
     * @param frame 20 ms in the format of the leg, borrowed
     */
    void play(short[] frame, Wire wire);

    /** The answer is complete: what was collected goes out. */
    void endOfAnswer(Wire wire);

    /** Asks the far side to drop what it has queued, where it can; forgets what was collected. */
    void clear(Wire wire);

    /**
     * Asks to be told when the audio sent so far was played. Only with {@link Capability#MARK}.
     *
     * @param name of at most 32 letters, digits and hyphens
     */
    void mark(String name, Wire wire);

    /** Only with {@link Capability#TRANSFER}. */
    void transfer(String extension, Wire wire);

    /** Only with {@link Capability#HANG_UP}; the socket is closed afterwards. */
    void hangUp(Wire wire);
}
