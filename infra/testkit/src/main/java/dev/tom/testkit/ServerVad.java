package dev.tom.testkit;

import java.util.function.LongConsumer;

/**
 * Energy-based turn detection on the audio that arrived; its clock is the audio itself, in milliseconds from the first sample. Not
 * thread-safe.
 */
final class ServerVad {

    private static final int WINDOW_MILLIS = 10;
    /** RMS of a window that counts as voice: about -40 dB below full scale, above G.711 idle noise and below soft speech. */
    private static final int VOICED_RMS = 330;
    /** Windows of voice within the last {@link #ONSET_SPAN} that make an onset. */
    private static final int ONSET_VOICED = 4;

    private static final int ONSET_SPAN = 8;

    private final int windowSamples;
    private final int silenceMillis;
    private final LongConsumer onStart;
    private final LongConsumer onStop;

    private double energy;
    private int filled;
    private long windows;
    private int recent;
    private boolean speaking;
    private long lastVoiced;

    /**
     * @param silenceMillis how long nothing must be heard until the turn is over
     * @param onStart given the onset, without prefix padding
     * @param onStop given the end, with the silence that was waited for
     */
    ServerVad(int rate, int silenceMillis, LongConsumer onStart, LongConsumer onStop) {
        this.windowSamples = rate * WINDOW_MILLIS / 1_000;
        this.silenceMillis = silenceMillis;
        this.onStart = onStart;
        this.onStop = onStop;
    }

    boolean speaking() {
        return speaking;
    }

    void feed(short[] samples) {
        for (short sample : samples) {
            energy += (double) sample * sample;
            if (++filled == windowSamples) {
                window(Math.sqrt(energy / windowSamples) >= VOICED_RMS);
                energy = 0;
                filled = 0;
            }
        }
    }

    private void window(boolean voiced) {
        windows++;
        recent = (recent << 1 | (voiced ? 1 : 0)) & ((1 << ONSET_SPAN) - 1);
        long now = windows * WINDOW_MILLIS;
        if (voiced) {
            lastVoiced = now;
        }
        if (!speaking && Integer.bitCount(recent) >= ONSET_VOICED) {
            speaking = true;
            int back = Integer.SIZE - Integer.numberOfLeadingZeros(recent);
            onStart.accept(now - (long) back * WINDOW_MILLIS);
        } else if (speaking && now - lastVoiced >= silenceMillis) {
            speaking = false;
            recent = 0;
            onStop.accept(now);
        }
    }
}
