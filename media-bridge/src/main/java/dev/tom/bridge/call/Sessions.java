package dev.tom.bridge.call;

import dev.tom.bridge.call.turn.TurnState;

/**
 * How many links a call has opened, and how long the open one may go on. Times are milliseconds of the call's monotonic clock;
 * {@link TurnState#NEVER}: it has no end that is known.
 *
 * @param opened generation of the newest link, prepared ones included; 0: none
 * @param renewAt from when on it is replaced while nobody speaks
 * @param forceAt from when on it is replaced also while the caller speaks or a complete answer is played
 * @param lastAt when it is replaced whatever goes on
 * @param notBefore until when no replacement is tried, because the last one was refused or not allowed
 * @param freshUntil until when its end by the provider is a failure, because it has only just begun
 */
public record Sessions(int opened, long renewAt, long forceAt, long lastAt, long notBefore, long freshUntil) {

    /** A call without a link. */
    public static final Sessions NONE = new Sessions(0, TurnState.NEVER, TurnState.NEVER, TurnState.NEVER, 0, 0);

    /** The generation of the next link. */
    int next() {
        return opened + 1;
    }

    /** A new link takes the place of the open one. */
    Sessions replaced(int generation) {
        return new Sessions(generation, TurnState.NEVER, TurnState.NEVER, TurnState.NEVER, notBefore, freshUntil);
    }

    Sessions withOpened(int generation) {
        return new Sessions(generation, renewAt, forceAt, lastAt, notBefore, freshUntil);
    }

    Sessions withLimits(long renew, long force, long last) {
        return new Sessions(opened, renew, force, last, notBefore, freshUntil);
    }

    Sessions withNotBefore(long time) {
        return new Sessions(opened, renewAt, forceAt, lastAt, time, freshUntil);
    }

    Sessions withFreshUntil(long time) {
        return new Sessions(opened, renewAt, forceAt, lastAt, notBefore, time);
    }
}
