package dev.tom.bridge.telephony;

import dev.tom.bridge.audio.ALaw;
import dev.tom.bridge.audio.MuLaw;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Caller audio in G.711 codes, made 16-bit little-endian PCM. One leg's; the audio it gives is valid until the next call. */
final class CodedAudio {

    /** The two laws of G.711. */
    enum Law {
        MU,
        A
    }

    private static final int USUAL_CODES = 160;

    private final Law law;

    /** Grows to the largest message seen, which the limits bound. */
    private ByteBuffer view = ByteBuffer.allocate(2 * USUAL_CODES).order(ByteOrder.LITTLE_ENDIAN);

    private TelephonyMessage.Audio audio = new TelephonyMessage.Audio(view);

    CodedAudio(Law law) {
        this.law = law;
    }

    /** The samples of the first {@code length} codes. */
    TelephonyMessage.Audio take(byte[] codes, int length) {
        if (view.capacity() < 2 * length) {
            view = ByteBuffer.allocate(2 * length).order(ByteOrder.LITTLE_ENDIAN);
            audio = new TelephonyMessage.Audio(view);
        }
        view.clear();
        for (int i = 0; i < length; i++) {
            view.putShort(
                    switch (law) {
                        case MU -> MuLaw.decode(codes[i]);
                        case A -> ALaw.decode(codes[i]);
                    });
        }
        view.flip();
        return audio;
    }

    /** The codes of one frame, from {@code offset} on. */
    static void encode(Law law, short[] frame, byte[] codes, int offset) {
        switch (law) {
            case MU -> MuLaw.encode(frame, frame.length, codes, offset);
            case A -> ALaw.encode(frame, frame.length, codes, offset);
        }
    }
}
