package dev.tom.bridge.cli;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.caller.Question;
import dev.tom.bridge.caller.RecordingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a tool asks, on what kind of line, and how long an answer may take. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before the command runs
final class QuestionOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Seconds.class,
            description = "How long an answer may take, 1s to 60s (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--wav",
            paramLabel = "FILE",
            description = "The question, PCM or G.711 (default: a bundled German one of two seconds).")
    private @Nullable Path wav;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "8000",
            description = "Of the telephone line, 8000 or 16000 (default: ${DEFAULT-VALUE}).")
    private int rate;

    /**
     * Checks the values.
     *
     * @return the format of the line
     */
    AudioFormat checked() {
        Ranges.seconds(spec, "--timeout", timeout, 1, 60);
        return Ranges.rate(spec, rate);
    }

    int timeoutMillis() {
        return (int) timeout.toMillis();
    }

    /** @throws RecordingException when the file cannot be used */
    Question question(AudioFormat format) throws RecordingException {
        return Question.of(Optional.ofNullable(wav), format);
    }
}
