package dev.tom.bridge.caller;

import dev.tom.bridge.audio.ALaw;
import dev.tom.bridge.audio.MuLaw;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** RIFF files with sound: reads what telephone and speech tools write, and writes 16-bit PCM. */
public final class WavFile {

    /** Half an hour of 16 kHz; a longer file is no question. */
    static final int MAX_BYTES = 64 << 20;

    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int SUBFORMAT_OFFSET = 24;
    private static final int HEADER_BYTES = 44;

    private record Format(int encoding, int channels, int rate, int bits) {
        int bytesPerFrame() {
            return channels * bits / 8;
        }

        boolean readable() {
            boolean width = switch (encoding) {
                case PCM -> bits == 8 || bits == 16 || bits == 24 || bits == 32;
                case FLOAT -> bits == 32;
                case A_LAW, MU_LAW -> bits == 8;
                default -> false;
            };
            return width && channels >= 1 && channels <= 8 && rate >= 4_000 && rate <= 192_000;
        }
    }

    private WavFile() {}

    /**
     * Reads linear PCM of 8 to 32 bits, 32-bit float, A-law or mu-law, 4 to 192 kHz. Of several channels the first is taken: in what
     * {@link #stereo} writes that is the caller.
     *
     * @throws RecordingException when there is no such file or it is something else
     */
    public static Recording read(Path file) throws RecordingException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new RecordingException(file + " has more than " + (MAX_BYTES >> 20) + " MiB: give a shorter one");
            }
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new RecordingException("There is no file " + file);
        } catch (IOException e) {
            throw new RecordingException("The file " + file + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads a file from memory.
     *
     * @param name for the sentences
     */
    public static Recording parse(String name, byte[] file) throws RecordingException {
        try {
            return parse(name, ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException e) {
            throw new RecordingException(name + " ends in the middle of a header: record it again");
        }
    }

    private static Recording parse(String name, ByteBuffer in) throws RecordingException {
        if (in.remaining() < 12 || !"RIFF".equals(tag(in)) || in.getInt() == 0 || !"WAVE".equals(tag(in))) {
            throw new RecordingException(name + " is not a WAV file: give one with PCM or G.711");
        }
        Format format = null;
        while (in.remaining() >= 8) {
            String tag = tag(in);
            // A writer that could not seek back leaves the length at its greatest; what there is counts.
            int length = (int) Math.min(in.getInt() & 0xFFFF_FFFFL, in.remaining());
            int next = Math.min(in.position() + length + (length & 1), in.limit());
            if ("fmt ".equals(tag)) {
                format = format(name, in);
            } else if ("data".equals(tag) && format != null) {
                return new Recording(format.rate, samples(format, in, length / format.bytesPerFrame()));
            }
            in.position(next);
        }
        throw new RecordingException(name + " holds no sound: give a WAV file with PCM or G.711");
    }

    private static Format format(String name, ByteBuffer in) throws RecordingException {
        int start = in.position();
        int encoding = in.getShort() & 0xFFFF;
        int channels = in.getShort();
        int rate = in.getInt();
        in.position(start + 14);
        int bits = in.getShort();
        if (encoding == EXTENSIBLE && in.limit() >= start + SUBFORMAT_OFFSET + 2) {
            encoding = in.getShort(start + SUBFORMAT_OFFSET) & 0xFFFF;
        }
        Format format = new Format(encoding, channels, rate, bits);
        if (!format.readable()) {
            throw new RecordingException(name + " is a WAV file of a kind that is not read (encoding " + encoding + ", "
                    + bits + " bits, " + channels + " channels, " + rate
                    + " Hz): convert it, for example with sox IN.wav -b 16 -r 16000 -c 1 OUT.wav");
        }
        return format;
    }

    private static short[] samples(Format format, ByteBuffer in, int frames) {
        short[] samples = new short[frames];
        int start = in.position();
        for (int i = 0; i < frames; i++) {
            samples[i] = sample(format, in, start + i * format.bytesPerFrame());
        }
        return samples;
    }

    private static short sample(Format format, ByteBuffer in, int at) {
        return switch (format.encoding) {
            case A_LAW -> ALaw.decode(in.get(at));
            case MU_LAW -> MuLaw.decode(in.get(at));
            case FLOAT -> (short) Math.clamp(Math.round(in.getFloat(at) * 32_767.0), Short.MIN_VALUE, Short.MAX_VALUE);
            default ->
                switch (format.bits) {
                    // Eight bits are the one width without a sign.
                    case 8 -> (short) (((in.get(at) & 0xFF) - 128) << 8);
                    case 16 -> in.getShort(at);
                    case 24 -> in.getShort(at + 1);
                    default -> in.getShort(at + 2);
                };
        };
    }

    private static String tag(ByteBuffer in) {
        byte[] tag = new byte[4];
        in.get(tag);
        return new String(tag, StandardCharsets.US_ASCII);
    }

    /** Two legs of equal rate as the left and the right channel of a file; the shorter one is filled with silence. */
    public static byte[] stereo(int rate, short[] left, short[] right) {
        int frames = Math.max(left.length, right.length);
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + 4 * frames).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER_BYTES - 8 + 4 * frames);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) PCM).putShort((short) 2).putInt(rate);
        out.putInt(4 * rate).putShort((short) 4).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4 * frames);
        for (int i = 0; i < frames; i++) {
            out.putShort(i < left.length ? left[i] : 0).putShort(i < right.length ? right[i] : 0);
        }
        return out.array();
    }
}
