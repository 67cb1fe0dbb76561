package dev.tom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Linear PCM of 16 bits with one or two channels, interleaved.
 *
 * @param rate samples per second and channel
 * @param channels 1 or 2
 * @param samples interleaved; owned by this value
 */
@SuppressWarnings("ArrayRecordComponent") // audio is compared by its owner, never by equals
public record Wav(int rate, int channels, short[] samples) {

    private static final int HEADER_BYTES = 44;
    private static final int FIR_HALF_WIDTH = 32;

    public Wav {
        if (rate < 1 || channels < 1 || channels > 2) {
            throw new IllegalArgumentException("unusable audio: " + rate + " Hz, " + channels + " channels");
        }
    }

    public static Wav mono(int rate, short[] samples) {
        return new Wav(rate, 1, samples);
    }

    /** So much of nothing. */
    public static Wav silence(int rate, int millis) {
        return mono(rate, new short[rate * millis / 1_000]);
    }

    /** A sine wave, for tests that need audio that no speech looks like. */
    public static Wav tone(int rate, int hertz, int millis, int amplitude) {
        short[] samples = new short[rate * millis / 1_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return mono(rate, samples);
    }

    /** Two mono recordings as left and right channel; the shorter one is filled with silence. */
    public static Wav stereo(int rate, short[] left, short[] right) {
        int frames = Math.max(left.length, right.length);
        short[] both = new short[2 * frames];
        for (int i = 0; i < frames; i++) {
            both[2 * i] = i < left.length ? left[i] : 0;
            both[2 * i + 1] = i < right.length ? right[i] : 0;
        }
        return new Wav(rate, 2, both);
    }

    public static Wav read(Path file) {
        try {
            return parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a RIFF file with 16-bit PCM; chunks other than {@code fmt } and {@code data} are skipped.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Wav parse(byte[] file) {
        try {
            return parse(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the WAV file ends in the middle of a chunk", e);
        }
    }

    private static Wav parse(ByteBuffer in) {
        if (!"RIFF".equals(tag(in)) || in.getInt() < 0 || !"WAVE".equals(tag(in))) {
            throw new IllegalArgumentException("not a WAV file");
        }
        int channels = 0;
        int rate = 0;
        while (in.hasRemaining()) {
            String tag = tag(in);
            int length = in.getInt();
            int next = in.position() + length + (length & 1);
            if ("fmt ".equals(tag)) {
                int encoding = in.getShort();
                channels = in.getShort();
                rate = in.getInt();
                int bits = in.getShort(in.position() + 6);
                if (encoding != 1 || bits != 16) {
                    throw new IllegalArgumentException(
                            "only 16-bit PCM is read, not encoding " + encoding + " with " + bits + " bits");
                }
            } else if ("data".equals(tag)) {
                short[] samples = new short[Math.min(length, in.remaining()) / 2];
                in.asShortBuffer().get(samples);
                return new Wav(rate, channels, samples);
            }
            in.position(Math.min(next, in.limit()));
        }
        throw new IllegalArgumentException("a WAV file without data");
    }

    private static String tag(ByteBuffer in) {
        byte[] tag = new byte[4];
        in.get(tag);
        return new String(tag, StandardCharsets.US_ASCII);
    }

    /** This audio as a WAV file. */
    public byte[] toBytes() {
        int data = 2 * samples.length;
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + data).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER_BYTES - 8 + data);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) 1).putShort((short) channels).putInt(rate);
        out.putInt(2 * channels * rate).putShort((short) (2 * channels)).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data);
        out.asShortBuffer().put(samples);
        return out.array();
    }

    /** Writes a WAV file, making its folder. */
    public void write(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long millis() {
        return samples.length / channels * 1_000L / rate;
    }

    /** One channel of it as mono: 0 left, 1 right. */
    public Wav channel(int index) {
        short[] one = new short[samples.length / channels];
        for (int i = 0; i < one.length; i++) {
            one[i] = samples[i * channels + index];
        }
        return mono(rate, one);
    }

    /** From {@code fromMillis} to before {@code toMillis}, clamped to what there is. Mono only. */
    public Wav cut(long fromMillis, long toMillis) {
        int from = Math.clamp(fromMillis * rate / 1_000, 0, samples.length);
        int to = Math.clamp(toMillis * rate / 1_000, from, samples.length);
        return mono(rate, java.util.Arrays.copyOfRange(samples, from, to));
    }

    /** Both, one after the other. Same rate and channels. */
    public Wav then(Wav next) {
        if (next.rate != rate || next.channels != channels) {
            throw new IllegalArgumentException("audio of different shape cannot be joined");
        }
        short[] joined = java.util.Arrays.copyOf(samples, samples.length + next.samples.length);
        System.arraycopy(next.samples, 0, joined, samples.length, next.samples.length);
        return new Wav(rate, channels, joined);
    }

    /** The same mono audio at another rate, by a windowed sinc over the whole recording; not for streams. */
    public Wav atRate(int target) {
        if (target == rate) {
            return this;
        }
        if (channels != 1) {
            throw new IllegalArgumentException("only mono audio is resampled");
        }
        double cutoff = Math.min(1.0, (double) target / rate) * 0.95;
        int reach = (int) Math.ceil(FIR_HALF_WIDTH / cutoff);
        int phases = target
                / java.math.BigInteger.valueOf(rate)
                        .gcd(java.math.BigInteger.valueOf(target))
                        .intValue();
        double[][] taps = new double[phases][2 * reach];
        for (int phase = 0; phase < phases; phase++) {
            double fraction = (double) phase / phases;
            for (int k = 0; k < 2 * reach; k++) {
                taps[phase][k] = tap(fraction - (k - reach + 1), cutoff, reach);
            }
        }
        short[] out = new short[(int) ((long) samples.length * target / rate)];
        for (int i = 0; i < out.length; i++) {
            long position = (long) i * rate;
            int first = (int) (position / target) - reach + 1;
            double[] phase = taps[(int) (position % target * phases / target)];
            double sum = 0;
            for (int k = Math.max(0, -first); k < phase.length && first + k < samples.length; k++) {
                sum += samples[first + k] * phase[k];
            }
            out[i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return mono(target, out);
    }

    private static double tap(double distance, double cutoff, int reach) {
        double window = 0.5 + 0.5 * Math.cos(Math.PI * distance / reach);
        double x = Math.PI * distance * cutoff;
        return window * cutoff * (Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x);
    }

    @Override
    public String toString() {
        return "Wav[" + rate + " Hz, " + channels + " ch, " + millis() + " ms]";
    }
}
