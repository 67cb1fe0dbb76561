package dev.tom.bridge.caller;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.audio.VoiceGate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Something a caller says, and where in it the voice begins and ends by the bridge's own voice gate.
 *
 * @param name of the file, for reports
 * @param words at the rate of {@code format}
 * @param firstVoicedMillis from its start to the first voiced sample
 * @param lastVoicedMillis from its start to the last voiced sample
 */
public record Question(
        String name, AudioFormat format, Recording words, long firstVoicedMillis, long lastVoicedMillis) {

    private static final String BUNDLED = "question.wav";

    /** The file, or the bundled German question of two seconds when none is given. */
    public static Question of(Optional<Path> file, AudioFormat format) throws RecordingException {
        return file.isPresent()
                ? of(file.get().toString(), WavFile.read(file.get()), format)
                : of("bundled", bundled(), format);
    }

    /** @throws RecordingException when no voice is heard in it */
    static Question of(String name, Recording recording, AudioFormat format) throws RecordingException {
        Recording words = recording.atRate(format.sampleRate());
        VoiceGate gate = new VoiceGate(format, VoiceGate.DEFAULT_HANGOVER_MILLIS);
        long first = -1;
        int samples = format.samplesPerFrame();
        for (int at = 0; at < words.samples().length; at += samples) {
            VoiceGate.Change change = gate.hear(words.frame(at, samples), format.millisOf(at + samples));
            if (change == VoiceGate.Change.ONSET && first < 0) {
                first = Math.max(0, gate.onsetMillis());
            }
        }
        if (first < 0) {
            throw new RecordingException("No voice is heard in " + name + ": give a recording of somebody who speaks");
        }
        return new Question(name, format, words, first, Math.min(gate.lastVoicedMillis(), words.millis()));
    }

    private static Recording bundled() throws RecordingException {
        try (InputStream in = Question.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + BUNDLED);
            }
            return WavFile.parse(BUNDLED, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Frames of 20 ms; the last is filled up with silence. */
    public int frames() {
        return (words.samples().length + format.samplesPerFrame() - 1) / format.samplesPerFrame();
    }

    /** One frame of it; a new array. */
    public short[] frame(int index) {
        return words.frame(index * format.samplesPerFrame(), format.samplesPerFrame());
    }
}
