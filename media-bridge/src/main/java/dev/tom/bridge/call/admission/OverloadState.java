package dev.tom.bridge.call.admission;

/**
 * How loaded the pod is. Two facts that do not depend on each other, each with its own way back, and a third that has none. Times are
 * milliseconds of one monotonic clock.
 *
 * @param draining whether the pod is on its way out, for good
 */
public record OverloadState(Loops loops, LocalWork local, boolean draining) {

    /** Earlier than any time of the clock. */
    public static final long NEVER = Long.MIN_VALUE;

    public static final OverloadState QUIET =
            new OverloadState(new Loops.OnTime(NEVER), new LocalWork.KeepsUp(), false);

    /** Whether event loops run their timers in time; audio of all calls is late by as much as they are. */
    public sealed interface Loops {
        /**
         * They do, or have not been late for long enough.
         *
         * @param lateSince since when every measurement was late; {@link #NEVER}: the latest was not
         */
        record OnTime(long lateSince) implements Loops {}

        /**
         * They do not.
         *
         * @param calmSince since when every measurement was calm; {@link #NEVER}: the latest was not
         */
        record Late(long calmSince) implements Loops {}
    }

    /** Whether the local pipeline keeps up with what it is asked. */
    public sealed interface LocalWork {
        record KeepsUp() implements LocalWork {}

        /**
         * It does not.
         *
         * @param signAt when it last refused work or let it wait too long
         */
        record Saturated(long signAt) implements LocalWork {}
    }

    public boolean loopsLate() {
        return loops instanceof Loops.Late;
    }

    public boolean localSaturated() {
        return local instanceof LocalWork.Saturated;
    }

    /** The highest rung that holds. */
    public Rung rung() {
        if (draining) {
            return Rung.DRAINING;
        }
        if (loopsLate()) {
            return Rung.REFUSING_NEW;
        }
        return localSaturated() ? Rung.LOCAL_SATURATED : Rung.NORMAL;
    }

    OverloadState with(Loops other) {
        return new OverloadState(other, local, draining);
    }

    OverloadState with(LocalWork other) {
        return new OverloadState(loops, other, draining);
    }
}
