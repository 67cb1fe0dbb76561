package dev.tom.bridge.call.turn;

/**
 * What is known about a turn of the caller that waits for its answer.
 *
 * @param spokenUntil when the last sample of the caller's voice was spoken; where the latency of the turn begins
 * @param since when it was clear that an answer is due, by this backend
 * @param measured whether the latency of the answer says something about the backend: not after a move in mid-answer
 * @param unsure it may have been no speech: short, and the backend did not hear any
 * @param fillerAt when a filler is to be played; {@link TurnState#NEVER}: none
 * @param fillerPlaying whether one was begun
 */
public record Wait(
        long spokenUntil, long since, boolean measured, boolean unsure, long fillerAt, boolean fillerPlaying) {

    /** Nobody asked: the backend speaks by itself, or our voice gate missed a soft question. */
    public static Wait unasked(long now) {
        return new Wait(now, now, false, false, TurnState.NEVER, false);
    }

    /** The caller asked and now waits. */
    public static Wait asked(long spokenUntil, long now, boolean unsure, long fillerAt) {
        return new Wait(spokenUntil, now, true, unsure, fillerAt, false);
    }

    /** The caller goes on waiting, now for another backend. */
    public Wait moved(long now, long filler) {
        return new Wait(spokenUntil, now, measured, unsure, fillerPlaying ? TurnState.NEVER : filler, fillerPlaying);
    }

    public Wait withUnsure(boolean value) {
        return new Wait(spokenUntil, since, measured, value, fillerAt, fillerPlaying);
    }

    public Wait withoutFiller() {
        return new Wait(spokenUntil, since, measured, unsure, TurnState.NEVER, fillerPlaying);
    }

    public Wait withFillerPlaying() {
        return new Wait(spokenUntil, since, measured, unsure, TurnState.NEVER, true);
    }
}
