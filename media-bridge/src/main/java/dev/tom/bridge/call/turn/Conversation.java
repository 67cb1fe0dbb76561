package dev.tom.bridge.call.turn;

import dev.tom.bridge.speech.Utterance;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said in the call, and only what the other side heard: what a new backend is told.
 *
 * @param said oldest first; the newest {@value #MAX_UTTERANCES}
 * @param question the caller's words that have no answer yet, as far as they were recognized
 * @param owed the last answer was settled before the words it answers were recognized
 */
public record Conversation(List<Utterance> said, String question, boolean owed) {

    /** Bound of the history. */
    public static final int MAX_UTTERANCES = 60;

    public static final Conversation EMPTY = new Conversation(List.of(), "", false);

    public Conversation {
        said = List.copyOf(
                said.size() <= MAX_UTTERANCES ? said : said.subList(said.size() - MAX_UTTERANCES, said.size()));
    }

    /** Words of the caller were recognized. Recognition may be later than the answer; then they belong before it. */
    public Conversation callerSaid(String text) {
        if (!owed) {
            return new Conversation(said, question.isEmpty() ? text : question + " " + text, false);
        }
        List<Utterance> all = new ArrayList<>(said);
        all.add(all.size() - 1, Utterance.caller(text));
        return new Conversation(all, question, false);
    }

    /** All of the answer was heard: question and answer become history. */
    public Conversation answered(Answer answer, boolean asked) {
        return settled(answer.text().strip(), false, asked);
    }

    /** The answer was cut off: what was heard of it becomes history; an answer of which nothing was heard leaves no trace. */
    public Conversation cut(Answer answer, boolean asked) {
        return answer.heard() ? settled(answer.heardText(), true, asked) : this;
    }

    /** The question is heard again by another recognizer, or was none: its words are forgotten. */
    public Conversation withoutQuestion() {
        return new Conversation(said, "", owed);
    }

    /** The question becomes history without an answer, because the next backend is to answer it from there. */
    public Conversation askedInHistory() {
        if (question.isEmpty()) {
            return this;
        }
        List<Utterance> all = new ArrayList<>(said);
        all.add(Utterance.caller(question));
        return new Conversation(all, "", false);
    }

    private Conversation settled(String heard, boolean interrupted, boolean asked) {
        List<Utterance> all = new ArrayList<>(said);
        if (!question.isEmpty()) {
            all.add(Utterance.caller(question));
        }
        if (heard.isEmpty()) {
            return new Conversation(all, "", false);
        }
        all.add(Utterance.assistant(heard, interrupted));
        return new Conversation(all, "", asked && question.isEmpty());
    }
}
