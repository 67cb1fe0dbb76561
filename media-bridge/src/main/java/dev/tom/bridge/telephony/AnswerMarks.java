package dev.tom.bridge.telephony;

import java.util.OptionalLong;

/**
 * How late the far side plays, told by marks behind the last frame of each answer. The playout keeps its own time and does not need
 * them; they show a far side whose queue never drains. One leg's.
 */
final class AnswerMarks {

    private static final String NONE = "";

    private int answers;
    private String open = NONE;
    private long sentAt;

    /** The name of the mark behind the answer that was just sent. */
    String next(long nowNanos) {
        open = "answer-" + ++answers;
        sentAt = nowNanos;
        return open;
    }

    /** The far side was told to drop what it has; what becomes of open marks says nothing any more. */
    void forget() {
        open = NONE;
    }

    /** How long after its last frame was sent the answer was played, in milliseconds; empty for a mark that is not awaited. */
    OptionalLong reported(String name, long nowNanos) {
        if (!open.equals(name)) {
            return OptionalLong.empty();
        }
        open = NONE;
        return OptionalLong.of((nowNanos - sentAt) / 1_000_000);
    }
}
