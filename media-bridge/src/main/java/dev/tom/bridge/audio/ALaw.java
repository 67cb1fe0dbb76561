package dev.tom.bridge.audio;

/** G.711 A-law (ITU-T G.711, PCMA) from and to 16-bit PCM, by tables. No allocation. */
public final class ALaw {

    private static final int EVEN_BITS = 0x55;
    private static final short[] DECODED = new short[256];
    private static final byte[] ENCODED = new byte[1 << 13];

    static {
        for (int code = 0; code < DECODED.length; code++) {
            DECODED[code] = expand((byte) code);
        }
        for (int i = 0; i < ENCODED.length; i++) {
            ENCODED[i] = compress((short) (i << 3));
        }
    }

    private ALaw() {}

    /** The sample of one code. */
    public static short decode(byte code) {
        return DECODED[code & 0xFF];
    }

    /** The code of one sample. The three lowest bits do not matter: the finest step of the law is sixteen. */
    public static byte encode(short sample) {
        return ENCODED[(sample & 0xFFFF) >> 3];
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
            codes[offset + i] = ENCODED[(pcm[i] & 0xFFFF) >> 3];
        }
    }

    private static short expand(byte code) {
        int bits = (code & 0xFF) ^ EVEN_BITS;
        int segment = (bits >> 4) & 0x07;
        int magnitude = ((bits & 0x0F) << 4) | 0x08;
        if (segment > 0) {
            magnitude = (magnitude + 0x100) << (segment - 1);
        }
        return (short) ((bits & 0x80) == 0 ? -magnitude : magnitude);
    }

    private static byte compress(short sample) {
        int sign = sample < 0 ? 0 : 0x80;
        int magnitude = sample < 0 ? ~sample : sample;
        int segment = Math.max(0, 24 - Integer.numberOfLeadingZeros(magnitude));
        int mantissa = (magnitude >> Math.max(4, segment + 3)) & 0x0F;
        return (byte) ((sign | (segment << 4) | mantissa) ^ EVEN_BITS);
    }
}
