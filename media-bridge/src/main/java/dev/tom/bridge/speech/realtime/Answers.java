package dev.tom.bridge.speech.realtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers of one session: which response is being made, what of each was received, which are no longer wanted. Pure;
 * not thread-safe.
 */
final class Answers {

    /** Answers kept for a late interruption; the provider makes one at a time, so these are the last ones. */
    private static final int MAX_KEPT = 8;

    /** What to tell the provider about an answer that was cut off. */
    sealed interface Correction {
        /** Of this item only so many milliseconds were heard. */
        record Truncate(String itemId, long heardMillis) implements Correction {}

        /** Nothing of this item was heard. */
        record Delete(String itemId) implements Correction {}
    }

    private static final class Answer {
        /** Received audio by item, in microseconds, in order of arrival. */
        private final Map<String, Long> received = new LinkedHashMap<>();

        private boolean begun;
        private boolean unwanted;
        private boolean complete;
    }

    private final Map<String, Answer> answers = new LastAnswers();
    private Optional<String> active = Optional.empty();
    private boolean speechHeard;

    /** A response was created. */
    void created(String responseId) {
        active = Optional.of(responseId);
        speechHeard = false;
        answer(responseId);
    }

    /**
     * The provider heard the caller: with its turn detection it cancels the running response itself. One of which nothing came yet is
     * not wanted any more: what is still on its way is too late.
     */
    void speechHeard() {
        speechHeard = true;
        active.map(this::answer).filter(answer -> !answer.begun).ifPresent(answer -> answer.unwanted = true);
    }

    boolean isWanted(String responseId) {
        Answer answer = answers.get(responseId);
        return answer == null || !answer.unwanted;
    }

    /** Words or audio of it came. Returns whether these are the first. */
    boolean begins(String responseId) {
        Answer answer = answer(responseId);
        boolean first = !answer.begun;
        answer.begun = true;
        return first;
    }

    /** So much audio of it came. */
    void received(String responseId, String itemId, long micros) {
        answer(responseId).received.merge(itemId, micros, Long::sum);
    }

    /** The response is over. Returns whether it had begun. */
    boolean done(String responseId) {
        if (active.filter(responseId::equals).isPresent()) {
            active = Optional.empty();
        }
        Answer answer = answer(responseId);
        answer.complete = true;
        return answer.begun;
    }

    /** Whether a cancel would meet a running response that the provider will not cancel on its own. */
    boolean needsCancel(String responseId) {
        return active.filter(responseId::equals).isPresent() && !speechHeard;
    }

    /**
     * The caller cut it off: from now on it is unwanted.
     *
     * @param playedMillis of all its audio, in order; more than was received counts as all
     */
    List<Correction> cutOff(String responseId, long playedMillis) {
        Answer answer = answer(responseId);
        answer.unwanted = true;
        List<Correction> corrections = new ArrayList<>();
        long playedMicros = Math.max(0, playedMillis) * 1_000;
        for (Map.Entry<String, Long> item : answer.received.entrySet()) {
            long received = item.getValue();
            if (playedMicros == 0) {
                corrections.add(new Correction.Delete(item.getKey()));
            } else if (playedMicros < received || !answer.complete) {
                corrections.add(new Correction.Truncate(item.getKey(), Math.min(playedMicros, received) / 1_000));
            }
            playedMicros = Math.max(0, playedMicros - received);
        }
        return corrections;
    }

    private Answer answer(String responseId) {
        return answers.computeIfAbsent(responseId, id -> new Answer());
    }

    private static final class LastAnswers extends LinkedHashMap<String, Answer> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > MAX_KEPT;
        }
    }
}
