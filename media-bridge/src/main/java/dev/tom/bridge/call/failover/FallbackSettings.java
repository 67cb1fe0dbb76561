package dev.tom.bridge.call.failover;

/**
 * When the provider is given up.
 *
 * @param enabled false: FALLBACK_POLICY=none, calls stay on the provider whatever it does (the end of the window moves them all the same)
 * @param triggerMillis p95 turn latency above which the provider is too slow
 * @param sustainedSeconds how long it must stay above
 * @param errorBurst so many errors
 * @param errorWindowSeconds within so many seconds
 * @param cooldownSeconds how long new calls stay local before the provider is probed
 */
public record FallbackSettings(
        boolean enabled,
        long triggerMillis,
        long sustainedSeconds,
        int errorBurst,
        long errorWindowSeconds,
        long cooldownSeconds) {

    /** The original runbook's values: 800 ms for 10 minutes, 3 errors in 60 s, 10 minutes of cooldown. */
    public static final FallbackSettings DEFAULT = new FallbackSettings(true, 800, 600, 3, 60, 600);

    public FallbackSettings {
        if (triggerMillis < 1
                || sustainedSeconds < 1
                || errorBurst < 1
                || errorWindowSeconds < 1
                || cooldownSeconds < 1) {
            throw new IllegalArgumentException("fallback thresholds must be 1 or more");
        }
    }
}
