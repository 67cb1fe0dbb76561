package dev.tom.faults;

import dev.tom.testkit.Speech;
import dev.tom.testkit.WireFormat;
import java.util.Arrays;

/**
 * What reaches a backend when nothing goes wrong.
 *
 * @param first the first question as the local recognizer understands it
 * @param firstSamples its voiced part as the provider hears it
 * @param last the last question, likewise
 * @param answer the provider's answer to the first question
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record Reference(String first, short[] firstSamples, String last, short[] lastSamples, AnswerVoice answer) {

    private static final int RATE = 8_000;
    /** Softer samples at the edges may be replaced by silence on the way. */
    private static final int VOICED_PEAK = 1_000;

    static Reference measure(Rig rig) {
        return new Reference(
                rig.recognize(Cell.FIRST_QUESTION.wav(RATE)),
                voiced(Cell.FIRST_QUESTION),
                rig.recognize(Cell.LAST_QUESTION.wav(RATE)),
                voiced(Cell.LAST_QUESTION),
                new AnswerVoice(Cell.PROVIDER_ANSWER.wav(RATE)));
    }

    private static short[] voiced(Speech words) {
        short[] samples = WireFormat.PCMU.throughTheWire(words.wav(RATE).samples());
        int from = 0;
        int to = samples.length;
        while (Math.abs(samples[from]) < VOICED_PEAK) {
            from++;
        }
        while (Math.abs(samples[to - 1]) < VOICED_PEAK) {
            to--;
        }
        return Arrays.copyOfRange(samples, from, to);
    }
}
