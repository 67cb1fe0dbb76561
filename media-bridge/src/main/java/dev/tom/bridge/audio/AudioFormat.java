package dev.tom.bridge.audio;

/**
 * Mono linear PCM, 16 bit, of a telephone leg. Audio travels through the bridge in frames of {@value #FRAME_MILLIS} ms.
 *
 * <p>A frame is a {@code short[]} of exactly {@link #samplesPerFrame()} samples. Frames are <em>borrowed</em>: the array belongs to
 * whoever called and is overwritten after the call returns; who keeps samples copies them.
 */
public enum AudioFormat {
    /** Narrow band, what a G.711 trunk carries. */
    NARROWBAND(8_000),
    /** Wide band. */
    WIDEBAND(16_000);

    /** Length of one frame in milliseconds. */
    public static final int FRAME_MILLIS = 20;

    private final int sampleRate;

    AudioFormat(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    /**
     * The format with this sample rate.
     *
     * @param sampleRate in Hz
     * @throws IllegalArgumentException when no telephone leg has this rate
     */
    public static AudioFormat ofRate(int sampleRate) {
        return switch (sampleRate) {
            case 8_000 -> NARROWBAND;
            case 16_000 -> WIDEBAND;
            default -> throw new IllegalArgumentException("rate must be 8000 or 16000, not " + sampleRate);
        };
    }

    /** Samples per second. */
    public int sampleRate() {
        return sampleRate;
    }

    /** Samples in one frame: 160 or 320. */
    public int samplesPerFrame() {
        return sampleRate * FRAME_MILLIS / 1_000;
    }

    /** Bytes of one frame as 16-bit PCM: 320 or 640. */
    public int bytesPerFrame() {
        return 2 * samplesPerFrame();
    }

    /** Duration of so many samples, in milliseconds, rounded down. */
    public long millisOf(long samples) {
        return samples * 1_000 / sampleRate;
    }
}
