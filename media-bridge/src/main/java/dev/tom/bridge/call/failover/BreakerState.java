package dev.tom.bridge.call.failover;

import java.util.ArrayList;
import java.util.List;

/**
 * Where new calls of the pod go, and what that rests on. Times are milliseconds of one monotonic clock. {@code relapses} counts how often
 * in a row the provider was left again soon after it came back; each doubles the cooldown.
 */
public sealed interface BreakerState {

    /**
     * New calls may go to the provider.
     *
     * @param errorsAt when the latest errors were, oldest first
     * @param turns the latest turns
     * @param slowSince since when the p95 is too high; {@link #NOT_SLOW}: it is not
     * @param returnedAt when the provider came back; {@link #NEVER_LEFT}: it was not left yet
     */
    record OnProvider(List<Long> errorsAt, TurnWindow turns, long slowSince, int relapses, long returnedAt)
            implements BreakerState {
        public static final long NOT_SLOW = Long.MIN_VALUE;
        public static final long NEVER_LEFT = Long.MIN_VALUE;
        public static final OnProvider FRESH = new OnProvider(List.of(), TurnWindow.EMPTY, NOT_SLOW, 0, NEVER_LEFT);

        public OnProvider {
            errorsAt = List.copyOf(errorsAt);
        }

        static OnProvider returned(int relapses, long now) {
            return new OnProvider(List.of(), TurnWindow.EMPTY, NOT_SLOW, relapses, now);
        }

        OnProvider with(List<Long> errors) {
            return new OnProvider(errors, turns, slowSince, relapses, returnedAt);
        }

        OnProvider with(TurnWindow window) {
            return new OnProvider(errorsAt, window, slowSince, relapses, returnedAt);
        }

        OnProvider withSlowSince(long since) {
            return new OnProvider(errorsAt, turns, since, relapses, returnedAt);
        }

        /** The errors since {@code oldest} and one more; the newest {@code most}, because no more are needed to count a burst. */
        List<Long> errorsWith(long now, long oldest, int most) {
            List<Long> errors = new ArrayList<>(errorsAt);
            errors.removeIf(at -> at <= oldest);
            errors.add(now);
            return errors.subList(Math.max(0, errors.size() - most), errors.size());
        }
    }

    /**
     * New calls go to the local pipeline.
     *
     * @param until when the provider may be probed
     * @param reason why: {@code error_burst}, {@code latency_p95}, {@code probe_failed} or the label of a fatal failure
     */
    record OnLocal(long until, String reason, int relapses) implements BreakerState {}

    /** New calls still go to the local pipeline, while one background session tries the provider. */
    record Probing(long since, int relapses) implements BreakerState {}
}
