package dev.tom.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.testkit.Speech;
import dev.tom.testkit.WireFormat;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnswerVoiceTest {

    private static final int FRAME = 160;
    private final AnswerVoice voice = new AnswerVoice(Speech.ANSWER_TUESDAY.wav(8_000));

    @Test
    void knowsEachFrameOfItsAnswerByItsPlace() {
        short[] heard =
                WireFormat.PCMU.throughTheWire(Speech.ANSWER_TUESDAY.wav(8_000).samples());
        int loud = 0;
        for (int at = 0; (at + 1) * FRAME <= heard.length; at++) {
            short[] frame = Arrays.copyOfRange(heard, at * FRAME, (at + 1) * FRAME);
            if (AnswerVoice.isDistinct(frame)) {
                assertThat(voice.placeOf(frame)).hasValue(at);
                loud++;
            }
        }
        assertThat(loud).isGreaterThan(100);
    }

    @Test
    void anotherVoiceHasNoPlaceInIt() {
        short[] other =
                WireFormat.PCMU.throughTheWire(Speech.ANSWER_HOURS.wav(8_000).samples());
        for (int from = 0; from + FRAME <= other.length; from += FRAME) {
            short[] frame = Arrays.copyOfRange(other, from, from + FRAME);
            assertThat(AnswerVoice.isDistinct(frame) && voice.placeOf(frame).isPresent())
                    .isFalse();
        }
    }

    @Test
    void aPartIsFoundInAWholeSampleBySampleWithinAStepOfItsCode() {
        short[] whole = {1_000, 2_000, 3_000, 4_000, 5_000};

        assertThat(Judgement.contains(whole, new short[] {3_000, 4_100})).isTrue();
        assertThat(Judgement.contains(whole, new short[] {3_000, 5_000})).isFalse();
    }
}
