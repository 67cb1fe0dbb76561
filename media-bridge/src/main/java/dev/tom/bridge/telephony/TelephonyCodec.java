package dev.tom.bridge.telephony;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * One dialect of telephone sockets: what its messages mean and how ours are written. Does no I/O; keeps the state of one leg and is
 * confined to its context.
 */
interface TelephonyCodec {

    /** Where outgoing messages go. */
    interface Wire {
        void binary(Buffer message);

        void text(String message);
    }

    AudioFormat format();

    PlayoutTraits traits();

    Set<Capability> capabilities();

    /** @param text of a message, within the limits */
    TelephonyMessage text(String text);

    /**
     * The caller's audio in a binary message, 16-bit little-endian mono.
     *
     * @return valid until the next call; may be empty when samples are still incomplete
     */
    ByteBuffer audio(Buffer message);

    /** Whether a binary message without content means that the caller's audio is over. */
    boolean emptyMeansAudioEnded();

    void play(short[] frame, Wire wire);

    void endOfAnswer(Wire wire);

    void clear(Wire wire);

    /** Only with {@link Capability#TRANSFER}. */
    void transfer(String extension, Wire wire);

    /** Only with {@link Capability#HANG_UP}; the socket is closed afterwards. */
    void hangUp(Wire wire);
}
