package dev.tom.bridge.telephony.access;

/** Allows so many units a second on average and so many at once. Not thread-safe; time is an argument. */
public final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private double left;
    private long lastNanos;

    public TokenBucket(int perSecond, int burst, long nowNanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.left = burst;
        this.lastNanos = nowNanos;
    }

    /** Takes units if there are enough. */
    public boolean take(int units, long nowNanos) {
        if (!holds(units, nowNanos)) {
            return false;
        }
        left -= units;
        return true;
    }

    /** Whether there are enough units. */
    boolean holds(int units, long nowNanos) {
        left = Math.min(burst, left + (nowNanos - lastNanos) / NANOS * perSecond);
        lastNanos = nowNanos;
        return left >= units;
    }

    /** Whether it would be no different if it had never been used. */
    boolean full(long nowNanos) {
        return holds((int) burst, nowNanos);
    }
}
