package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.audio.MuLaw;
import dev.tom.bridge.audio.Resampler;

/** Audio of one session between the format of the leg and that of the wire. One call's; not thread-safe. */
final class WireAudio {

    private final WireFormat wire;
    private final Resampler up;
    private final Resampler down;
    private short[] scratch = new short[0];
    private short[] decoded = new short[0];
    private int oddByte = -1;

    WireAudio(AudioFormat leg) {
        wire = WireFormat.of(leg);
        up = new Resampler(leg.sampleRate(), wire.sampleRate());
        down = new Resampler(wire.sampleRate(), leg.sampleRate());
    }

    WireFormat format() {
        return wire;
    }

    /** One frame of the caller, coded; a new array. */
    byte[] encode(short[] frame) {
        return switch (wire) {
            case PCMU -> {
                byte[] codes = new byte[frame.length];
                MuLaw.encode(frame, frame.length, codes, 0);
                yield codes;
            }
            case PCM -> {
                scratch = atLeast(scratch, up.maxOutput(frame.length));
                int length = up.resample(frame, frame.length, scratch);
                byte[] bytes = new byte[2 * length];
                for (int i = 0; i < length; i++) {
                    bytes[2 * i] = (byte) scratch[i];
                    bytes[2 * i + 1] = (byte) (scratch[i] >> 8);
                }
                yield bytes;
            }
        };
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

    private static short[] atLeast(short[] array, int length) {
        return array.length >= length ? array : new short[length];
    }
}
