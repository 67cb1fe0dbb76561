package dev.tom.bridge.caller;

import dev.tom.bridge.audio.AudioFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The clock of one turn (protocols.md F2): from the last voiced sample of the question to the first audio of the answer that is not
 * silent. Silence at the beginning of an answer counts, because the caller hears it as waiting. Pure: times are nanoseconds of one
 * monotonic clock.
 */
final class TurnMeter {

    /** A sample below this (-42 dBFS) is silence; the same bound as the bridge's. */
    private static final int SILENCE_PEAK = 256;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final AudioFormat format;
    private long lastWord = NEVER;
    private long token = NEVER;
    private long firstAudio = NEVER;
    private long firstVoiced = NEVER;
    private long playsUntil = NEVER;
    private long lastArrival = NEVER;
    private boolean early;

    TurnMeter(AudioFormat format) {
        this.format = format;
    }

    /** A new question begins; what is still played belongs to the answer before. */
    void asks() {
        lastWord = NEVER;
        token = NEVER;
        firstAudio = NEVER;
        firstVoiced = NEVER;
        early = false;
    }

    /** The last voiced sample of the question was spoken. */
    void spoken(long nanos) {
        lastWord = nanos;
    }

    /** The first sign of an answer. */
    void begins(long nanos) {
        token = token == NEVER ? nanos : token;
    }

    void audio(long nanos, short[] pcm, int length) {
        long starts = Math.max(nanos, playsUntil);
        firstAudio = firstAudio == NEVER ? nanos : firstAudio;
        playsUntil = starts + nanos(length);
        lastArrival = nanos;
        if (firstVoiced == NEVER) {
            int voiced = firstVoiced(pcm, length);
            if (voiced < length) {
                firstVoiced = starts + nanos(voiced);
                early = lastWord == NEVER;
            }
        }
    }

    /** What was queued is not played. */
    void killed(long nanos) {
        playsUntil = Math.min(playsUntil, nanos);
    }

    /** Whether something audible came before the question was over. */
    boolean early() {
        return early;
    }

    /** The measured turn, once something audible came. */
    Optional<Turn.Answered> answered() {
        return firstVoiced == NEVER || lastWord == NEVER || early
                ? Optional.empty()
                : Optional.of(new Turn.Answered(
                        token == NEVER ? OptionalLong.empty() : OptionalLong.of(since(token)),
                        since(firstAudio),
                        since(firstVoiced)));
    }

    /** Whether all that came was played, and nothing more came for so long. */
    boolean quiet(long nowNanos, int millis) {
        long quiet = millis * 1_000_000L;
        return nowNanos - playsUntil >= quiet && nowNanos - lastArrival >= quiet;
    }

    private long since(long nanos) {
        return Math.max(0, Math.round((nanos - lastWord) / 1e6));
    }

    private long nanos(int samples) {
        return samples * 1_000_000_000L / format.sampleRate();
    }

    private static int firstVoiced(short[] pcm, int length) {
        for (int i = 0; i < length; i++) {
            if (pcm[i] >= SILENCE_PEAK || pcm[i] <= -SILENCE_PEAK) {
                return i;
            }
        }
        return length;
    }
}
