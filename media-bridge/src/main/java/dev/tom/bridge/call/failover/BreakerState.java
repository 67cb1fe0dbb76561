package dev.tom.bridge.call.failover;

import java.util.ArrayList;
import java.util.List;

/** Where new calls of the pod go, and what that rests on. Times are milliseconds of one monotonic clock. */
public sealed interface BreakerState {

    /**
     * New calls may go to the provider.
     *
     * @param errorsAt when the latest errors were, oldest first
     * @param turns the latencies of the latest turns
     * @param slowSince since when the p95 is too high; {@link #NOT_SLOW}: it is not
     */
    record OnProvider(List<Long> errorsAt, TurnWindow turns, long slowSince) implements BreakerState {
        public static final long NOT_SLOW = Long.MIN_VALUE;
        public static final OnProvider FRESH = new OnProvider(List.of(), TurnWindow.EMPTY, NOT_SLOW);

        public OnProvider {
            errorsAt = List.copyOf(errorsAt);
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
    record OnLocal(long until, String reason) implements BreakerState {}

    /** New calls still go to the local pipeline, while one background session tries the provider. */
    record Probing(long since) implements BreakerState {}
}
