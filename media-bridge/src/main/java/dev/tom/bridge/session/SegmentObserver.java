package dev.tom.bridge.session;

/** Hears of the stretches of calls that cost money. Called on event loops: must not block. Thread-safe. */
@FunctionalInterface
public interface SegmentObserver {

    /** A backend was asked for; told before its first byte can be charged. */
    default void segmentOpened(OpenSegment segment) {}

    /**
     * An open segment used more.
     *
     * @param use everything since its start
     */
    default void segmentProgress(OpenSegment segment, SegmentUse use) {}

    /** A stretch of a call on one backend is over; told before the call goes on or is forgotten. */
    void segmentEnded(CallSegment segment);
}
