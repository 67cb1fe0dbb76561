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

    /** The backend answers; until audio has arrived the caller still waits. */
    record Answering(Wait waiting, Answer answer) implements TurnState {}
}
