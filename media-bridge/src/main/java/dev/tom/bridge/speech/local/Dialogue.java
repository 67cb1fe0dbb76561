package dev.tom.bridge.speech.local;

import dev.tom.bridge.speech.Utterance;
import java.util.ArrayList;
import java.util.List;

/** What was said in a call, as far as the other side heard it. Confined to the context of its call. */
final class Dialogue {

    /** Utterances kept; a call that goes on longer forgets the oldest. */
    static final int MAX = 200;

    private final List<Utterance> utterances;
    private String lastAnswerId = "";

    Dialogue(List<Utterance> history) {
        utterances = new ArrayList<>(history);
    }

    List<Utterance> utterances() {
        return List.copyOf(utterances);
    }

    /** Whether the caller had the last word and waits. */
    boolean callerWaits() {
        return !utterances.isEmpty() && utterances.getLast().speaker() == Utterance.Speaker.CALLER;
    }

    /** Whether an answer is owed: the caller waits, or heard only the beginning of one before the backend that gave it was left. */
    boolean answerOwed() {
        return callerWaits() || (!utterances.isEmpty() && utterances.getLast().interrupted());
    }

    void callerSaid(String text) {
        add(Utterance.caller(text));
    }

    /** A whole answer was given away; {@link #cutOff} may still shorten it while it is the last word. */
    void answered(SpokenAnswer answer) {
        if (!answer.isEmpty()) {
            add(Utterance.assistant(answer.text(), false));
            lastAnswerId = answer.id();
        }
    }

    /** The caller heard only so much of an answer, which may have been {@linkplain #answered given away} already. */
    void cutOff(SpokenAnswer answer, long playedMillis) {
        if (answer.id().equals(lastAnswerId) && !callerWaits()) {
            utterances.removeLast();
        }
        lastAnswerId = "";
        String heard = answer.heard(playedMillis);
        if (!heard.isEmpty()) {
            add(Utterance.assistant(heard, true));
        }
    }

    private void add(Utterance utterance) {
        lastAnswerId = "";
        utterances.add(utterance);
        if (utterances.size() > MAX) {
            utterances.removeFirst();
        }
    }
}
