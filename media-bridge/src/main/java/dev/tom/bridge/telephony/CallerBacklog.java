package dev.tom.bridge.telephony;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/**
 * Drops caller audio that is too old to answer. When nothing was read for long, either the caller was on hold and the next audio is
 * new, or the audio lay in the network and all of it comes at once. Both look the same at the first message, so after such a pause
 * audio is kept back until it comes at the pace of speech again; of what came in a burst the newest stays.
 *
 * <p>What a switch collected before its socket was open is no backlog: nothing was read before it, and it is the caller's first words.
 *
 * <p>One leg's; time is an argument.
 */
final class CallerBacklog {

    private static final long NEVER = Long.MIN_VALUE;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int FRAME_MILLIS = 20;
    /** A burst lasts as long as more than this comes between two looks. */
    private static final int PACE_MILLIS = 2 * CallerBacklog.LOOK_MILLIS;
    /** After so many looks audio goes on whatever its pace. */
    private static final int MOST_LOOKS = 25;

    /** Look again after so long while audio is kept back. */
    static final int LOOK_MILLIS = 40;

    private final long maxAgeNanos;
    private final ArrayDeque<byte[]> kept = new ArrayDeque<>();
    private int keptBytes;
    private int bytesSinceLook;
    private int looks;
    private boolean keeping;
    private long lastAt = NEVER;
    private long droppedBytes;

    CallerBacklog(int maxAgeMillis) {
        this.maxAgeNanos = maxAgeMillis * NANOS_PER_MILLI;
    }

    /**
     * Audio came.
     *
     * @param bytesPerSecond of this audio
     * @return false when it is live and goes on at once; true when it is kept back, see {@link #look}
     */
    boolean keepsBack(ByteBuffer pcm, int bytesPerSecond, long nowNanos) {
        boolean afterPause = lastAt != NEVER && nowNanos - lastAt > maxAgeNanos;
        lastAt = nowNanos;
        if (!keeping && !afterPause) {
            return false;
        }
        keeping = true;
        byte[] copy = new byte[pcm.remaining()];
        pcm.get(pcm.position(), copy);
        kept.add(copy);
        keptBytes += copy.length;
        bytesSinceLook += copy.length;
        long most = maxAgeNanos / NANOS_PER_MILLI * bytesPerSecond / 1_000;
        while (keptBytes > most) {
            int oldest = kept.remove().length;
            keptBytes -= oldest;
            droppedBytes += oldest;
        }
        return true;
    }

    /** Whether audio is kept back, so that {@link #look} must be called every {@value #LOOK_MILLIS} ms. */
    boolean keeping() {
        return keeping;
    }

    /** What may go on now: empty while the burst lasts. */
    ByteBuffer look(int bytesPerSecond) {
        boolean burst = bytesSinceLook > PACE_MILLIS * (long) bytesPerSecond / 1_000;
        bytesSinceLook = 0;
        return burst && ++looks < MOST_LOOKS ? ByteBuffer.allocate(0) : release();
    }

    /** Everything that is kept back, oldest first. */
    ByteBuffer release() {
        ByteBuffer all = ByteBuffer.allocate(keptBytes).order(ByteOrder.LITTLE_ENDIAN);
        kept.forEach(all::put);
        kept.clear();
        keptBytes = 0;
        bytesSinceLook = 0;
        looks = 0;
        keeping = false;
        return all.flip();
    }

    /** How much was dropped since the last call, in frames of {@value #FRAME_MILLIS} ms. */
    long takeDroppedFrames(int bytesPerSecond) {
        long frames = droppedBytes * 1_000 / bytesPerSecond / FRAME_MILLIS;
        droppedBytes = 0;
        return frames;
    }
}
