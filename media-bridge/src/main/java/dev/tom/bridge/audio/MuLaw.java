package dev.tom.bridge.audio;

/** G.711 mu-law (ITU-T G.711, PCMU) from and to 16-bit PCM, by tables. No allocation. */
public final class MuLaw {

    private static final int BIAS = 0x84;
    private static final int CLIP = 32_635;
    private static final short[] DECODED = new short[256];
    private static final byte[] ENCODED = new byte[1 << 14];

    static {
        for (int code = 0; code < DECODED.length; code++) {
            DECODED[code] = expand((byte) code);
        }
        for (int i = 0; i < ENCODED.length; i++) {
            ENCODED[i] = compress((short) (i << 2));
        }
    }

    private MuLaw() {}

    /** The sample of one code. */
    public static short decode(byte code) {
        return DECODED[code & 0xFF];
    }

    /** The code of one sample. The two lowest bits do not matter: the finest step of the law is eight. */
    public static byte encode(short sample) {
        return ENCODED[(sample & 0xFFFF) >> 2];
    }

    /** Decodes {@code length} codes from {@code offset} on into {@code pcm} from index 0 on. */
    public static void decode(byte[] codes, int offset, int length, short[] pcm) {
        for (int i = 0; i < length; i++) {
            pcm[i] = DECODED[codes[offset + i] & 0xFF];
        }
    }

    /** Encodes the first {@code length} samples into {@code codes} from {@code offset} on. */
    public static void encode(short[] pcm, int length, byte[] codes, int offset) {
        for (int i = 0; i < length; i++) {
            codes[offset + i] = ENCODED[(pcm[i] & 0xFFFF) >> 2];
        }
    }

    private static short expand(byte code) {
        int inverted = ~code & 0xFF;
        int exponent = (inverted >> 4) & 0x07;
        int magnitude = ((((inverted & 0x0F) << 3) + BIAS) << exponent) - BIAS;
        return (short) ((inverted & 0x80) == 0 ? magnitude : -magnitude);
    }

    private static byte compress(short sample) {
        int sign = sample < 0 ? 0x80 : 0;
        // One's complement keeps the ranges of both signs equal, so that a cell of four samples never straddles zero.
        int magnitude = Math.min(sample < 0 ? ~sample : sample, CLIP) + BIAS;
        int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte) ~(sign | (exponent << 4) | mantissa);
    }
}
