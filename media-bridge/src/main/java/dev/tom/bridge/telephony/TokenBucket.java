package dev.tom.bridge.telephony;

/** Allows so many units a second on average and so many at once. Not thread-safe; time is an argument. */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private double left;
    private long lastNanos;

    TokenBucket(int perSecond, int burst, long nowNanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.left = burst;
        this.lastNanos = nowNanos;
    }

    /** Takes units if there are enough. */
    boolean take(int units, long nowNanos) {
        left = Math.min(burst, left + (nowNanos - lastNanos) / NANOS * perSecond);
        lastNanos = nowNanos;
        if (left < units) {
            return false;
        }
        left -= units;
        return true;
    }
}
