package dev.tom.faults;

import dev.tom.testkit.CallRecord.Arrival;
import dev.tom.testkit.WordError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What one cell showed. Pure.
 *
 * @param gapMillis the longest silence while the caller was owed sound; -1: nothing was owed when the fault struck
 * @param lostWords of all words of both questions, the share that the backend in charge did not understand; 0 to 1
 * @param staleFrames frames of the provider's answer that came after another voice had begun, or out of their order
 * @param problems one sentence each; none: the cell holds
 */
record Judgement(
        ProviderFault fault,
        Moment moment,
        Outcome outcome,
        long gapMillis,
        double lostWords,
        int staleFrames,
        List<String> problems) {

    /** An engine may hear single words differently from one pass to the next; a lost word is more than that. */
    private static final double SAME_WORDS = 0.2;

    private static final int SMALLEST_STEP = 16;
    /** A step of mu-law is at most an eighth of what it codes, bias included. */
    private static final int STEPS_OF_A_SAMPLE = 8;

    /** Frames that a voice may be ahead of its own beginning when it begins: leading silence is not told apart. */
    private static final int BEGINNING_FRAMES = 8;

    Judgement {
        problems = List.copyOf(problems);
    }

    boolean holds() {
        return problems.isEmpty();
    }

    static Judgement of(ProviderFault fault, Moment moment, Evidence seen, Reference reference) {
        Outcome outcome = outcome(seen);
        long gap = moment == Moment.IDLE
                ? -1
                : seen.record()
                        .longestSilenceBetween(seen.owedFrom(), seen.owedUntil())
                        .toMillis();
        boolean local = outcome instanceof Outcome.Moved;
        double lost = Math.max(
                lost(reference.first(), reference.firstSamples(), seen, local),
                lost(reference.last(), reference.lastSamples(), seen, local));
        int stale = staleFrames(seen, reference.answer(), local);

        List<String> problems = new ArrayList<>();
        if (!outcome.equals(fault.expected())) {
            problems.add("expected " + fault.expected().text() + ", counted " + seen.counted());
        }
        if (!seen.hungUpByCaller()) {
            problems.add("the call was dropped");
        }
        if (!seen.counted().ended().equals(Map.of("completed", 1L))) {
            problems.add("the call counts as " + seen.counted().ended());
        }
        if (gap > fault.allowedGapMillis()) {
            problems.add("silent for " + gap + " ms, allowed are " + fault.allowedGapMillis());
        }
        if (lost > SAME_WORDS) {
            problems.add(String.format(
                    java.util.Locale.ROOT,
                    "words lost: %.0f %% of a question; heard %s",
                    100 * lost,
                    seen.heardLocally()));
        }
        if (stale > 0) {
            problems.add(stale + " frames of an answer that was over");
        }
        return new Judgement(fault, moment, outcome, gap, lost, stale, problems);
    }

    private static Outcome outcome(Evidence seen) {
        Map<String, Long> moved = seen.counted().moved();
        if (!moved.isEmpty()) {
            return new Outcome.Moved(String.join("+", moved.keySet()));
        }
        return seen.sessions() > 1 ? new Outcome.NewSession() : new Outcome.Stayed();
    }

    /** The provider has to have the samples one by one, the local recognizer the words. */
    private static double lost(String words, short[] samples, Evidence seen, boolean local) {
        if (local) {
            return seen.heardLocally().stream()
                    .mapToDouble(heard -> WordError.lost(words, heard))
                    .min()
                    .orElse(1);
        }
        return seen.heardByProvider().stream().anyMatch(session -> contains(session, samples)) ? 0 : 1;
    }

    /** Whether one stretch of audio is in another, sample by sample but for the choice between two neighbouring steps of G.711. */
    static boolean contains(short[] all, short[] part) {
        for (int from = 0; from + part.length <= all.length; from++) {
            int at = 0;
            while (at < part.length && isSame(all[from + at], part[at])) {
                at++;
            }
            if (at == part.length) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(short a, short b) {
        return Math.abs(a - b) <= Math.max(SMALLEST_STEP, Math.abs(a) / STEPS_OF_A_SAMPLE);
    }

    /**
     * Frames of the struck answer that should not have come: after the local voice began, or in an order that the answer does not have.
     * A voice that goes on after a pause continues where it was; one that begins anew begins at its beginning.
     */
    private static int staleFrames(Evidence seen, AnswerVoice answer, boolean local) {
        int stale = 0;
        int next = 0;
        boolean otherVoice = false;
        for (Arrival arrival : seen.record().arrivals()) {
            if (!(arrival instanceof Arrival.Audio audio) || !AnswerVoice.isDistinct(audio.samples())) {
                continue;
            }
            OptionalInt place = answer.placeOf(audio.samples());
            if (place.isEmpty()) {
                otherVoice = true;
                continue;
            }
            int at = place.getAsInt();
            boolean inOrder = at >= next || at < BEGINNING_FRAMES;
            stale += (local && otherVoice) || !inOrder ? 1 : 0;
            next = at + 1;
        }
        return stale;
    }
}
