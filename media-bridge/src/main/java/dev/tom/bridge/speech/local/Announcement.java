package dev.tom.bridge.speech.local;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.audio.Resampler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/** A recorded sentence, in each format of a leg. Read once. */
final class Announcement {

    /** The recording is written without other chunks before its samples. */
    private static final int HEADER_BYTES = 44;

    private final Map<AudioFormat, short[]> audio;

    /** @param resource a plain 8 kHz WAV beside this class */
    Announcement(String resource) {
        short[] narrow = read(resource);
        audio = Map.of(AudioFormat.NARROWBAND, narrow, AudioFormat.WIDEBAND, wide(narrow));
    }

    /** Shared: not to be changed. */
    short[] samples(AudioFormat format) {
        return java.util.Objects.requireNonNull(audio.get(format));
    }

    private static short[] read(String resource) {
        try (InputStream in = Announcement.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the recording " + resource + " is not in the program");
            }
            ByteBuffer wav = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            if (wav.getInt(24) != AudioFormat.NARROWBAND.sampleRate()
                    || wav.getInt(40) != wav.capacity() - HEADER_BYTES) {
                throw new IllegalStateException("the recording " + resource + " is not plain 8 kHz WAV");
            }
            short[] samples = new short[(wav.capacity() - HEADER_BYTES) / 2];
            wav.position(HEADER_BYTES).asShortBuffer().get(samples);
            return samples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static short[] wide(short[] narrow) {
        Resampler resampler = new Resampler(8_000, 16_000);
        short[] out = new short[resampler.maxOutput(narrow.length)];
        return Arrays.copyOf(out, resampler.resample(narrow, narrow.length, out));
    }
}
