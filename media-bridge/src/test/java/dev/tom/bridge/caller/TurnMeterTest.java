package dev.tom.bridge.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.audio.AudioFormat;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TurnMeterTest {

    private static final long START = 1_000_000_000_000L;
    private final TurnMeter meter = new TurnMeter(AudioFormat.NARROWBAND);

    @Test
    void countsFromTheLastWordToTheFirstSound() {
        meter.asks();
        meter.spoken(at(0));
        meter.begins(at(300));
        meter.audio(at(320), loud(160), 160);
        assertThat(meter.answered()).contains(new Turn.Answered(OptionalLong.of(300), 320, 320));
    }

    @Test
    void silenceAtTheBeginningOfAnAnswerIsWaiting() {
        meter.asks();
        meter.spoken(at(0));
        meter.audio(at(400), new short[800], 800);
        assertThat(meter.answered()).isEmpty();
        // It came at once, but is played behind 100 ms of silence; its own first 20 ms are silent, too.
        short[] late = loud(320);
        Arrays.fill(late, 0, 160, (short) 255);
        meter.audio(at(401), late, 320);
        assertThat(meter.answered()).contains(new Turn.Answered(OptionalLong.empty(), 400, 520));
    }

    @Test
    void aSoundBeforeTheLastWordIsNoAnswer() {
        meter.asks();
        meter.audio(at(-100), loud(160), 160);
        meter.spoken(at(0));
        meter.audio(at(100), loud(160), 160);
        assertThat(meter.early()).isTrue();
        assertThat(meter.answered()).isEmpty();
        meter.asks();
        assertThat(meter.early()).isFalse();
    }

    @Test
    void itIsQuietWhenAllWasPlayedAndNothingMoreCame() {
        meter.asks();
        meter.spoken(at(0));
        // A second of audio, faster than real time.
        meter.audio(at(300), loud(8_000), 8_000);
        assertThat(meter.quiet(at(1_900), 700)).isFalse();
        assertThat(meter.quiet(at(2_000), 700)).isTrue();
        meter.audio(at(2_000), loud(8_000), 8_000);
        meter.killed(at(2_100));
        assertThat(meter.quiet(at(2_799), 700)).isFalse();
        assertThat(meter.quiet(at(2_800), 700)).isTrue();
    }

    @Test
    void aLineOnWhichNothingCameIsQuiet() {
        assertThat(meter.quiet(at(0), 700)).isTrue();
    }

    private static long at(long millis) {
        return START + millis * 1_000_000;
    }

    private static short[] loud(int samples) {
        short[] pcm = new short[samples];
        Arrays.fill(pcm, (short) -3_000);
        return pcm;
    }
}
