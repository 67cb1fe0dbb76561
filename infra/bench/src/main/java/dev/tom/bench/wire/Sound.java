package dev.tom.bench.wire;

/**
 * What sounds behind the mark of a frame: a buzz with the loudness and the pitch of a voice, as mu-law keeps it. Callers and answers
 * differ in pitch, so that one is not the other's echo.
 */
public final class Sound {

    /** Pitch of callers, in Hz. */
    public static final int CALLER = 130;
    /** Pitch of the provider's answers, in Hz. */
    public static final int ANSWER = 215;
    /** Pitch of the stand-in speech worker, in Hz. */
    public static final int LOCAL = 310;

    private static final int RATE = 8_000;
    private static final int PEAK = 6_000;
    /** A sample that is louder belongs to no mark. */
    private static final int AUDIBLE = 256;

    private Sound() {}

    /** One sample of a buzz, in 16 bits. */
    public static short sample(int pitch, int index) {
        double sum = 0;
        for (int harmonic = 1; harmonic <= 6; harmonic++) {
            sum += Math.sin(2 * Math.PI * pitch * harmonic * index / RATE) / harmonic;
        }
        return (short) Math.clamp(Math.round(PEAK * sum / 1.9), -32_000, 32_000);
    }

    /** A frame of 16-bit little-endian PCM; the place of the mark is silent. */
    public static byte[] pcmFrame(int pitch) {
        byte[] frame = new byte[2 * Mark.FRAME_SAMPLES];
        for (int i = Mark.SAMPLES; i < Mark.FRAME_SAMPLES; i++) {
            short sample = sample(pitch, i);
            frame[2 * i] = (byte) sample;
            frame[2 * i + 1] = (byte) (sample >> 8);
        }
        return frame;
    }

    /** A silent frame of 16-bit PCM. */
    public static byte[] quietFrame() {
        return new byte[2 * Mark.FRAME_SAMPLES];
    }

    /** The same as mu-law codes. */
    public static byte[] muLawFrame(int pitch) {
        byte[] frame = new byte[Mark.FRAME_SAMPLES];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = i < Mark.SAMPLES ? (byte) 0xFF : code(sample(pitch, i));
        }
        return frame;
    }

    /** Whether there is sound in a frame of 16-bit PCM. */
    public static boolean audiblePcm(byte[] bytes, int offset, int length) {
        for (int i = offset; i + 1 < offset + length; i += 2) {
            int sample = (bytes[i] & 0xFF) | bytes[i + 1] << 8;
            if (sample >= AUDIBLE || sample <= -AUDIBLE) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is sound in mu-law codes. */
    public static boolean audibleMuLaw(byte[] codes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if ((~codes[i] & 0x7F) > 0x1F) {
                return true;
            }
        }
        return false;
    }

    /** G.711 mu-law to 16 bits. */
    public static short decoded(byte code) {
        int inverted = ~code & 0xFF;
        int magnitude = (((inverted & 0x0F) << 3) + 0x84 << (inverted >> 4 & 0x07)) - 0x84;
        return (short) ((inverted & 0x80) == 0 ? magnitude : -magnitude);
    }

    /** 16 bits to G.711 mu-law. */
    public static byte code(short sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs((int) sample), 32_635) + 0x84;
        int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
        return (byte) ~(sign | exponent << 4 | magnitude >> exponent + 3 & 0x0F);
    }
}
