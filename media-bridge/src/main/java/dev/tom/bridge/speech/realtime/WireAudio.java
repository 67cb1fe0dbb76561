package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.audio.MuLaw;
import dev.tom.bridge.audio.Resampler;

/** Audio of one session between the format of the leg and that of the wire. One call's; not thread-safe. */
final class WireAudio {

    private final WireFormat wire;
    private final Resampler up;
    private final Resampler down;
    private short[] resampled = new short[0];
    private short[] scratch = new short[0];
    private short[] decoded = new short[0];
    private byte[] coded = new byte[0];
    private int oddByte = -1;

    /** In the format that suits the leg best. */
    WireAudio(AudioFormat leg) {
        this(leg, WireFormat.of(leg));
    }

    WireAudio(AudioFormat leg, WireFormat wire) {
        this.wire = wire;
        up = new Resampler(leg.sampleRate(), wire.sampleRate());
        down = new Resampler(wire.sampleRate(), leg.sampleRate());
    }

    WireFormat format() {
        return wire;
    }

    /**
     * Codes one frame of the caller into {@link #coded()}.
     *
     * @return how many bytes it became
     */
    int encode(short[] frame) {
        return switch (wire) {
            case PCMU -> {
                coded = atLeast(coded, frame.length);
                MuLaw.encode(frame, frame.length, coded, 0);
                yield frame.length;
            }
            case PCM -> {
                resampled = atLeast(resampled, up.maxOutput(frame.length));
                int length = up.resample(frame, frame.length, resampled);
                coded = atLeast(coded, 2 * length);
                for (int i = 0; i < length; i++) {
                    coded[2 * i] = (byte) resampled[i];
                    coded[2 * i + 1] = (byte) (resampled[i] >> 8);
                }
                yield 2 * length;
            }
        };
    }

    /** The last coded frame, from index 0 on; overwritten by the next. */
    byte[] coded() {
        return coded;
    }

    /**
     * Decodes a delta into {@link #samples()}.
     *
     * @return how many samples it became
     */
    int decode(byte[] delta) {
        return switch (wire) {
            case PCMU -> {
                decoded = atLeast(decoded, delta.length);
                MuLaw.decode(delta, 0, delta.length, decoded);
                yield delta.length;
            }
            case PCM -> {
                int length = linear(delta);
                decoded = atLeast(decoded, down.maxOutput(length));
                yield down.resample(scratch, length, decoded);
            }
        };
    }

    /** A delta may end in the middle of a sample. */
    private int linear(byte[] delta) {
        int carried = oddByte >= 0 ? 1 : 0;
        int total = delta.length + carried;
        scratch = atLeast(scratch, total / 2);
        for (int i = 0; i < total / 2; i++) {
            int low = 2 * i - carried;
            scratch[i] = (short) ((low < 0 ? oddByte : delta[low] & 0xFF) | delta[low + 1] << 8);
        }
        if (total > 0) {
            oddByte = total % 2 == 0 ? -1 : delta.length > 0 ? delta[delta.length - 1] & 0xFF : oddByte;
        }
        return total / 2;
    }

    /** The last decoded delta, from index 0 on; overwritten by the next. */
    short[] samples() {
        return decoded;
    }

    /** The next delta begins a new answer. */
    void answerBegins() {
        oddByte = -1;
        down.reset();
    }

    /** How much audio so many bytes of the wire are, in microseconds. */
    long micros(int bytes) {
        int samples = switch (wire) {
            case PCMU -> bytes;
            case PCM -> bytes / 2;
        };
        return samples * 1_000_000L / wire.sampleRate();
    }

    private static byte[] atLeast(byte[] array, int length) {
        return array.length >= length ? array : new byte[length];
    }

    private static short[] atLeast(short[] array, int length) {
        return array.length >= length ? array : new short[length];
    }
}
