package dev.tom.testkit;

/** What counts as silence. */
final class Loudness {

    /** Above the smallest steps of G.711, so that a coded zero is silent. */
    private static final int SILENT_PEAK = 16;

    private static final int WINDOW_MILLIS = 10;
    /** RMS of the first window of speech: about -40 dB below full scale. */
    private static final int SPEECH_RMS = 330;

    private Loudness() {}

    static boolean audible(short sample) {
        return sample > SILENT_PEAK || sample < -SILENT_PEAK;
    }

    /** Whether anything in it can be heard. */
    static boolean audible(short[] samples) {
        for (short sample : samples) {
            if (audible(sample)) {
                return true;
            }
        }
        return false;
    }

    /** Index of the first sample of the first window of speech; the length when there is none. */
    static int firstVoiced(short[] samples, int rate) {
        int window = rate * WINDOW_MILLIS / 1_000;
        for (int at = 0; at + window <= samples.length; at += window) {
            if (voiced(samples, at, window)) {
                return at;
            }
        }
        return samples.length;
    }

    /** Index after the last sample of the last window of speech; 0 when there is none. */
    static int lastVoiced(short[] samples, int rate) {
        int window = rate * WINDOW_MILLIS / 1_000;
        for (int at = (samples.length / window - 1) * window; at >= 0; at -= window) {
            if (voiced(samples, at, window)) {
                return at + window;
            }
        }
        return 0;
    }

    private static boolean voiced(short[] samples, int at, int window) {
        double energy = 0;
        for (int i = at; i < at + window; i++) {
            energy += (double) samples[i] * samples[i];
        }
        return Math.sqrt(energy / window) >= SPEECH_RMS;
    }
}
