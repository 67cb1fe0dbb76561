package dev.tom.bridge.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts audio of any length into frames of {@value AudioFormat#FRAME_MILLIS} ms. Input may be split anywhere, also inside a sample: what
 * does not fill a frame waits for the next call. One direction of one call; not thread-safe; allocates only while it grows.
 *
 * <p>Use: {@code put}, then {@code while (next()) use(frame())}.
 */
public final class Framer {

    private final short[] frame;
    private short[] waiting;
    private int from;
    private int to;
    private boolean halfSample;
    private byte lowByte;

    public Framer(AudioFormat format) {
        frame = new short[format.samplesPerFrame()];
        waiting = new short[4 * frame.length];
    }

    /** Adds 16-bit little-endian PCM: the bytes between position and limit, which the buffer keeps. */
    public void put(ByteBuffer pcm) {
        int position = pcm.position();
        int bytes = pcm.remaining();
        if (bytes == 0) {
            return;
        }
        makeRoom((bytes + 1) / 2);
        if (halfSample) {
            waiting[to++] = (short) ((lowByte & 0xFF) | (pcm.get(position) << 8));
            position++;
            bytes--;
        }
        int samples = bytes / 2;
        boolean bigEndian = pcm.order() == ByteOrder.BIG_ENDIAN;
        for (int i = 0; i < samples; i++) {
            short sample = pcm.getShort(position + 2 * i);
            waiting[to++] = bigEndian ? Short.reverseBytes(sample) : sample;
        }
        halfSample = (bytes & 1) == 1;
        if (halfSample) {
            lowByte = pcm.get(position + bytes - 1);
        }
    }

    /** Adds the first {@code length} samples of an array, which stays the caller's. */
    public void put(short[] pcm, int length) {
        makeRoom(length);
        System.arraycopy(pcm, 0, waiting, to, length);
        to += length;
    }

    /** Moves on to the next full frame. */
    public boolean next() {
        if (to - from < frame.length) {
            return false;
        }
        System.arraycopy(waiting, from, frame, 0, frame.length);
        from += frame.length;
        return true;
    }

    /** How many full frames wait behind the current one. */
    public int framesWaiting() {
        return (to - from) / frame.length;
    }

    /** The frame that {@link #next()} found; overwritten by the next {@code next()}. */
    public short[] frame() {
        return frame;
    }

    /** Fills up what waits with silence, so that the end of an answer becomes a frame; nothing happens when nothing waits. */
    public void padToFrame() {
        int missing = (frame.length - (to - from) % frame.length) % frame.length;
        makeRoom(missing);
        Arrays.fill(waiting, to, to + missing, (short) 0);
        to += missing;
    }

    /** Forgets what waits. */
    public void clear() {
        from = 0;
        to = 0;
        halfSample = false;
    }

    private void makeRoom(int samples) {
        if (from == to) {
            from = 0;
            to = 0;
        }
        if (to + samples <= waiting.length) {
            return;
        }
        int held = to - from;
        short[] target =
                held + samples <= waiting.length ? waiting : new short[Math.max(2 * waiting.length, held + samples)];
        System.arraycopy(waiting, from, target, 0, held);
        waiting = target;
        from = 0;
        to = held;
    }
}
