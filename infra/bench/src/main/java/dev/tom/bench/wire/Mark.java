package dev.tom.bench.wire;

/**
 * What a frame of the bench says about itself, in its first {@value #SAMPLES} samples: whose it is, its number, when it was written.
 *
 * <p>Four bits a sample, as one of sixteen soft levels that G.711 mu-law carries without change; with a sum, so that audio that was
 * made softer, mixed or shifted is no mark. At -58 dBFS the levels are silence to every voice detector. Times are of
 * {@link System#nanoTime()}, which is one clock for all processes of a Linux machine.
 */
public final class Mark {

    /** Samples that a mark takes. */
    public static final int SAMPLES = 35;
    /** Samples of one frame: 20 ms at 8 kHz. */
    public static final int FRAME_SAMPLES = 160;

    public static final int FRAME_MILLIS = 20;
    public static final long FRAME_NANOS = 20_000_000;

    /** The caller asks the provider to cut its connection. */
    public static final int CUT = 1;

    private static final int[] MAGIC = {0xA, 0x5, 0xC, 0x3};
    private static final int NONE = -1;

    private final int[] nibbles = new int[SAMPLES];

    /** Index of the call. 0 to 65535. */
    public int call;
    /** Number of the answer, from 1; 0 in what the caller says. */
    public int answer;
    /** Number of the frame: in the call for callers, in the answer for answers. */
    public int seq;
    /** 0, or {@link #CUT}. */
    public int command;
    /** When the frame was written. */
    public long sentNanos;

    /** Writes into a frame of 16-bit little-endian PCM. */
    public void toPcm(byte[] frame) {
        pack();
        for (int i = 0; i < SAMPLES; i++) {
            int sample = level(nibbles[i]);
            frame[2 * i] = (byte) sample;
            frame[2 * i + 1] = (byte) (sample >> 8);
        }
    }

    /** Writes into a frame of mu-law codes. */
    public void toMuLaw(byte[] frame) {
        pack();
        for (int i = 0; i < SAMPLES; i++) {
            int nibble = nibbles[i];
            frame[i] = (byte) ~(((nibble & 8) << 4) | ((nibble & 7) + 1));
        }
    }

    /** Reads from 16-bit little-endian PCM; false when there is no mark. */
    public boolean fromPcm(byte[] bytes, int offset) {
        for (int i = 0; i < SAMPLES; i++) {
            int sample = (bytes[offset + 2 * i] & 0xFF) | bytes[offset + 2 * i + 1] << 8;
            nibbles[i] = nibbleOf(sample);
        }
        return unpack();
    }

    /** Reads from mu-law codes; false when there is no mark. */
    public boolean fromMuLaw(byte[] codes, int offset) {
        for (int i = 0; i < SAMPLES; i++) {
            int inverted = ~codes[offset + i] & 0xFF;
            int magnitude = inverted & 0x7F;
            nibbles[i] = magnitude < 1 || magnitude > 8 ? NONE : (inverted & 0x80) >> 4 | (magnitude - 1);
        }
        return unpack();
    }

    private void pack() {
        System.arraycopy(MAGIC, 0, nibbles, 0, MAGIC.length);
        put(4, 4, call);
        put(8, 4, answer);
        put(12, 6, seq);
        put(18, 1, command);
        put(19, 14, sentNanos);
        put(33, 2, sum());
    }

    private boolean unpack() {
        for (int i = 0; i < MAGIC.length; i++) {
            if (nibbles[i] != MAGIC[i]) {
                return false;
            }
        }
        for (int nibble : nibbles) {
            if (nibble == NONE) {
                return false;
            }
        }
        if (get(33, 2) != sum()) {
            return false;
        }
        call = (int) get(4, 4);
        answer = (int) get(8, 4);
        seq = (int) get(12, 6);
        command = (int) get(18, 1);
        sentNanos = get(19, 14);
        return true;
    }

    private int sum() {
        int sum = 0;
        for (int i = 4; i < 33; i++) {
            sum = 31 * sum + nibbles[i];
        }
        return (sum ^ sum >>> 8) & 0xFF;
    }

    private void put(int at, int count, long value) {
        for (int i = 0; i < count; i++) {
            nibbles[at + i] = (int) (value >>> 4 * (count - 1 - i)) & 0xF;
        }
    }

    private long get(int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 4 | nibbles[at + i];
        }
        return value;
    }

    private static int level(int nibble) {
        int magnitude = 8 * ((nibble & 7) + 1);
        return (nibble & 8) == 0 ? magnitude : -magnitude;
    }

    private static int nibbleOf(int sample) {
        int magnitude = Math.abs(sample);
        return magnitude < 8 || magnitude > 64 || magnitude % 8 != 0 ? NONE : (sample < 0 ? 8 : 0) | magnitude / 8 - 1;
    }
}
