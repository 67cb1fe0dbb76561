package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Audio in which each frame can be told from the others by its first sample. */
final class Frames {

    private Frames() {}

    /** A frame of the caller: number {@code number}, loud or silent. */
    static ByteBuffer caller(int number, boolean voice, AudioFormat format) {
        ByteBuffer pcm = ByteBuffer.allocate(format.bytesPerFrame()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < format.samplesPerFrame(); i++) {
            double tone = voice ? 6_000 * Math.sin(2 * Math.PI * 400 * i / format.sampleRate()) : 0;
            pcm.putShort((short) Math.round(tone));
        }
        return pcm.putShort(0, (short) number).rewind();
    }

    /** Answer audio; every frame begins with {@code number}. */
    static short[] answer(int number, int millis, AudioFormat format) {
        short[] pcm = new short[format.sampleRate() * millis / 1_000];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (i % format.samplesPerFrame() == 0 ? number : i % 2 == 0 ? 3_000 : -3_000);
        }
        return pcm;
    }
}
