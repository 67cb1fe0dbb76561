package dev.tom.bridge.call.turn;

/** Who speaks. Times are milliseconds of the call's monotonic clock. */
public sealed interface TurnState {

    /** Later than any time of the clock. */
    long NEVER = Long.MAX_VALUE;

    /** Nobody speaks and nothing is due. */
    record Idle() implements TurnState {}

    /**
     * The caller speaks.
     *
     * @param onsetAt when the first voiced sample was spoken
     * @param byGate whether our own voice gate heard it
     * @param byBackend whether the backend heard it
     */
    record Hearing(long onsetAt, boolean byGate, boolean byBackend) implements TurnState {}

    /** The caller has finished, the backend has not begun to answer. */
    record Awaiting(Wait waiting) implements TurnState {}

    /** There is an answer, playing or paused. */
    sealed interface Replying extends TurnState {
        Wait waiting();

        Answer answer();

        Replying with(Wait wait, Answer changed);
    }

    /** The backend answers; until audio has arrived the caller still waits. */
    record Answering(Wait waiting, Answer answer) implements Replying {
        @Override
        public Answering with(Wait wait, Answer changed) {
            return new Answering(wait, changed);
        }
    }

    /**
     * The answer pauses because the caller may be interrupting it; the backend does not hear the caller until that is decided.
     *
     * @param onsetAt when the first voiced sample was spoken
     * @param since when the answer was paused
     * @param spoke whether our voice gate is sure of a voice
     */
    record Held(Wait waiting, Answer answer, long onsetAt, long since, boolean spoke) implements Replying {
        @Override
        public Held with(Wait wait, Answer changed) {
            return new Held(wait, changed, onsetAt, since, spoke);
        }

        public Held withSpoke() {
            return new Held(waiting, answer, onsetAt, since, true);
        }
    }
}
