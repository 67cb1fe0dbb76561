package dev.tom.bridge.telephony;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Caller audio as 16-bit little-endian PCM: messages of any length, split anywhere, mono or stereo with the caller on the left. One
 * leg's; the audio it gives is valid until the next call.
 */
final class LinearAudio {

    private static final int USUAL_MESSAGE = 4 * 640;

    private final int bytesPerSample;

    /** Grows to the largest message seen, which the limits bound. */
    private byte[] work = new byte[USUAL_MESSAGE];

    private final byte[] carried = new byte[4];
    private int carriedBytes;
    private ByteBuffer view = ByteBuffer.wrap(work).order(ByteOrder.LITTLE_ENDIAN);
    private TelephonyMessage.Audio audio = new TelephonyMessage.Audio(view);

    /**
     * @param channels 1 or 2
     */
    LinearAudio(int channels) {
        this.bytesPerSample = 2 * channels;
    }

    /** What became complete with this message. */
    TelephonyMessage.Audio take(Buffer message) {
        int length = carriedBytes + message.length();
        reserve(length);
        System.arraycopy(carried, 0, work, 0, carriedBytes);
        message.getBytes(0, message.length(), work, carriedBytes);
        int whole = length - length % bytesPerSample;
        carriedBytes = length - whole;
        System.arraycopy(work, whole, carried, 0, carriedBytes);
        view.clear().limit(bytesPerSample == 4 ? left(whole) : whole);
        return audio;
    }

    private void reserve(int length) {
        if (work.length < length) {
            work = new byte[length];
            view = ByteBuffer.wrap(work).order(ByteOrder.LITTLE_ENDIAN);
            audio = new TelephonyMessage.Audio(view);
        }
    }

    /** Folds the left channel to the front. */
    private int left(int whole) {
        for (int from = 0, to = 0; from < whole; from += 4, to += 2) {
            work[to] = work[from];
            work[to + 1] = work[from + 1];
        }
        return whole / 2;
    }

    /** One frame as it goes out. */
    static Buffer bytes(short[] frame) {
        return bytes(frame, (short) -1);
    }

    /** One frame as it goes out, with another value in place of each sample of -1. */
    static Buffer bytes(short[] frame, short inPlaceOfMinusOne) {
        byte[] bytes = new byte[2 * frame.length];
        for (int i = 0; i < frame.length; i++) {
            short sample = frame[i] == -1 ? inPlaceOfMinusOne : frame[i];
            bytes[2 * i] = (byte) sample;
            bytes[2 * i + 1] = (byte) (sample >> 8);
        }
        // Wrapped: Buffer.buffer would copy the array once more, fifty times a second in each call.
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }
}
