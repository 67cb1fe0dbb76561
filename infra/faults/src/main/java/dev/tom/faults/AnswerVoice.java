package dev.tom.faults;

import dev.tom.testkit.Wav;
import dev.tom.testkit.WireFormat;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Knows one recorded answer of the provider frame by frame, as it looks after G.711 mu-law: so each frame that reaches the caller is
 * either a known one of this answer, with its place, or another voice's. Frames too soft to be told apart belong to nobody.
 */
final class AnswerVoice {

    private static final int RATE = 8_000;
    private static final int FRAME = RATE / 50;
    /** Softer frames repeat by chance. */
    private static final int DISTINCT_PEAK = 500;

    private final Map<Integer, Integer> places = new HashMap<>();

    AnswerVoice(Wav answer) {
        short[] samples = WireFormat.PCMU.throughTheWire(answer.atRate(RATE).samples());
        for (int from = 0; from + FRAME <= samples.length; from += FRAME) {
            short[] frame = Arrays.copyOfRange(samples, from, from + FRAME);
            if (isDistinct(frame)) {
                places.put(fingerprint(frame), from / FRAME);
            }
        }
    }

    /** Whether a frame is loud enough to say whose it is. */
    static boolean isDistinct(short[] frame) {
        for (short sample : frame) {
            if (Math.abs(sample) >= DISTINCT_PEAK) {
                return true;
            }
        }
        return false;
    }

    /** Which frame of the answer this is, from 0; empty: another voice's. */
    OptionalInt placeOf(short[] frame) {
        Integer place = places.get(fingerprint(frame));
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }

    /** The bridge sends -2 for -1, which the switch takes for a sign of its own. */
    private static int fingerprint(short[] frame) {
        short[] clean = frame.clone();
        for (int i = 0; i < clean.length; i++) {
            clean[i] = clean[i] == -1 ? -2 : clean[i];
        }
        return Arrays.hashCode(clean);
    }
}
