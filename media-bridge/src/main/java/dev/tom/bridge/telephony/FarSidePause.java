package dev.tom.bridge.telephony;

/** How long the far side's wish to wait is respected: a resumption that was lost must not silence a call for good. One leg's. */
final class FarSidePause {

    /** The far side's whole queue of 1000 frames has played by then. */
    private static final long MOST_NANOS = 20_000_000_000L;

    private boolean begun;
    private long begunAt;

    /**
     * Whether to wait now; to be asked at least once in each pause and after it.
     *
     * @param wished whether the far side wishes it
     */
    boolean lasts(boolean wished, long nowNanos) {
        if (!wished) {
            begun = false;
            return false;
        }
        if (!begun) {
            begun = true;
            begunAt = nowNanos;
        }
        return nowNanos - begunAt < MOST_NANOS;
    }
}
