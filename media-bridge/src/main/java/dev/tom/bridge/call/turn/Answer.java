package dev.tom.bridge.call.turn;

import dev.tom.bridge.speech.BackendKind;

/**
 * An answer that a backend gives.
 *
 * @param generation of the link that gives it
 * @param text its words so far, at most {@value #MAX_TEXT} characters
 * @param playedMillis how much of its audio the caller has heard
 * @param receivedMillis how much of its audio came so far
 * @param arrived whether audio of it came
 * @param audible whether a frame with sound was written to the phone
 * @param complete whether all of its audio came
 * @param dryAt since when the phone has nothing more to play although the answer is not complete; {@link TurnState#NEVER}: it has
 */
public record Answer(
        int generation,
        BackendKind backend,
        String id,
        String text,
        long playedMillis,
        long receivedMillis,
        boolean arrived,
        boolean audible,
        boolean complete,
        long dryAt) {

    /** Bound of the words that are kept for the history. */
    public static final int MAX_TEXT = 8_000;

    public static Answer begun(int generation, BackendKind backend, String id) {
        return new Answer(generation, backend, id, "", 0, 0, false, false, false, TurnState.NEVER);
    }

    public Answer withText(String more) {
        String all = text.length() >= MAX_TEXT ? text : text + more;
        return new Answer(
                generation, backend, id, all, playedMillis, receivedMillis, arrived, audible, complete, dryAt);
    }

    public Answer withProgress(long played, long received) {
        return new Answer(generation, backend, id, text, played, received, arrived, audible, complete, dryAt);
    }

    public Answer withArrived() {
        return new Answer(
                generation, backend, id, text, playedMillis, receivedMillis, true, audible, complete, TurnState.NEVER);
    }

    public Answer withAudible() {
        return new Answer(generation, backend, id, text, playedMillis, receivedMillis, true, true, complete, dryAt);
    }

    public Answer withComplete() {
        return new Answer(
                generation, backend, id, text, playedMillis, receivedMillis, arrived, audible, true, TurnState.NEVER);
    }

    public Answer withDryAt(long since) {
        return new Answer(
                generation, backend, id, text, playedMillis, receivedMillis, arrived, audible, complete, since);
    }

    /** Whether the caller has heard any of it. */
    public boolean heard() {
        return audible && playedMillis > 0;
    }

    /** The words that the caller heard: as much of the text as was played of the audio, cut between words. */
    public String heardText() {
        if (receivedMillis <= 0 || playedMillis >= receivedMillis) {
            return text.strip();
        }
        int length = (int) (text.length() * playedMillis / receivedMillis);
        if (length < text.length() && !Character.isWhitespace(text.charAt(length))) {
            while (length > 0 && !Character.isWhitespace(text.charAt(length - 1))) {
                length--;
            }
        }
        return text.substring(0, length).strip();
    }
}
