package dev.tom.bridge.telephony;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The call ids that are live on this pod, each with its one socket. A second socket for a live call is either the switch that forks again
 * after it lost the first, or a mix-up in the switch. Thread-safe.
 */
final class LiveLegs {

    /** A switch sends fifty messages a second; a socket silent for so long has lost its switch, or the caller is on hold. */
    static final Duration SILENT = Duration.ofSeconds(2);

    /** One socket of a call. */
    interface Leg {
        CallBinding binding();

        /** When its switch was last heard, in nanoseconds of {@link System#nanoTime()}. From any thread. */
        long heardNanos();

        /** Another socket has its call now. From any thread. */
        void replaced();
    }

    private final Map<String, Leg> legs = new HashMap<>();

    /**
     * Takes a call id for a socket; whoever had it before is told.
     *
     * @return false when another socket has the call and keeps it
     */
    boolean claim(String callId, Leg leg, long nowNanos) {
        Optional<Leg> before;
        synchronized (this) {
            before = Optional.ofNullable(legs.get(callId));
            if (before.filter(other -> keeps(other, leg, nowNanos)).isPresent()) {
                return false;
            }
            legs.put(callId, leg);
        }
        before.ifPresent(Leg::replaced);
        return true;
    }

    private static boolean keeps(Leg other, Leg leg, long nowNanos) {
        return !leg.binding().supersedes(other.binding()) && nowNanos - other.heardNanos() <= SILENT.toNanos();
    }

    /** Gives a call id back, unless another socket has it already. */
    synchronized void release(String callId, Leg leg) {
        legs.remove(callId, leg);
    }
}
