package dev.tom.operator.report;

import dev.tom.crds.v1alpha1.TestWindow;

/**
 * What the provider is measured by, in milliseconds of the p95 of the caller's wait.
 *
 * @param triggerMillis {@code spec.fallback.triggerMs}: above it the provider is too slow for this window
 * @param targetMillis what a conversation should have
 * @param acceptableMillis what callers put up with
 * @param minTurns so many answered turns of the provider are needed for a judgement
 * @param maxTroublePercent of the calls may have to leave the provider for a failure of it
 */
public record Thresholds(
        int triggerMillis, int targetMillis, int acceptableMillis, int minTurns, int maxTroublePercent) {

    static Thresholds of(TestWindow window) {
        return new Thresholds(window.getSpec().fallback().triggerMs(), 500, 800, 20, 5);
    }
}
