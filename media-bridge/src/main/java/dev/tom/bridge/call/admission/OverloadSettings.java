package dev.tom.bridge.call.admission;

/**
 * When the overload ladder is climbed, and where callers go then.
 *
 * @param loopLateMillis an event loop that runs its timers so late on average is late
 * @param localWaitMillis work of the local pipeline that waits so long shows that it is saturated
 * @param extension where callers are transferred to when all lines are busy; empty: their calls end
 * @param redirect another pod or a Service for calls that this pod has no room for; empty: none
 * @param drainRedirect the same for calls that come while this pod ends
 */
public record OverloadSettings(
        long loopLateMillis, long localWaitMillis, String extension, String redirect, String drainRedirect) {

    /** Phones are kept 160 ms ahead: loops that are 120 ms late leave a margin of two frames. */
    public static final long LOOP_LATE_MILLIS = 120;
    /** A third of the time after which an answer of the local pipeline is given up. */
    public static final long LOCAL_WAIT_MILLIS = 2_500;

    /** Loops must be late for so long: one collection of garbage is no overload. */
    public static final long LATE_FOR_MILLIS = 3_000;
    /** Calm is a third of late, and loops must be calm for so long. */
    public static final int CALM_PART = 3;

    public static final long CALM_FOR_MILLIS = 10_000;
    /** Without a sign of saturation for so long, the local pipeline has room again. */
    public static final long LOCAL_REST_MILLIS = 10_000;

    public static final OverloadSettings DEFAULT =
            new OverloadSettings(LOOP_LATE_MILLIS, LOCAL_WAIT_MILLIS, "", "", "");

    /** Loops that are less late than this are calm. */
    public long calmMillis() {
        return Math.max(1, loopLateMillis / CALM_PART);
    }
}
