package dev.tom.operator.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** What the operator says about itself. No label grows with the number of windows. Thread-safe. */
public final class OperatorMeters {

    /** Seconds after an end; the promise is 2. */
    private static final double[] LATENESS = {0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30, 60, 300};

    private final MeterRegistry registry;
    private final AtomicInteger due = new AtomicInteger();

    /** Registers what is always shown. */
    public OperatorMeters(MeterRegistry registry) {
        this.registry = registry;
        gauge(Meters.POLICIES_DUE, due::get);
        counter(Meters.POLICIES_CUT, Tags.empty());
        lateness(Meters.CUT_LATENESS);
        lateness(Meters.END_LATENESS);
    }

    /** The API server answered a request. */
    public void answered(String method, int status) {
        counter(Meters.API_REQUESTS, Tags.of("method", method, "outcome", outcome(status)))
                .increment();
    }

    /** A request got no answer. */
    public void unanswered(String method) {
        counter(Meters.API_REQUESTS, Tags.of("method", method, "outcome", "none"))
                .increment();
    }

    private static String outcome(int status) {
        return switch (status / 100) {
            case 1, 2 -> "ok";
            case 4 -> status == 409 ? "conflict" : status == 429 ? "throttled" : "refused";
            case 5 -> "error";
            default -> "other";
        };
    }

    /** Something was written. */
    public void wrote(String kind) {
        counter(Meters.WRITES, Tags.of("kind", kind)).increment();
    }

    /** A bridge was asked for its status. */
    public void asked(boolean answered) {
        counter(Meters.STATUS_QUESTIONS, Tags.of("outcome", answered ? "answered" : "silent"))
                .increment();
    }

    /** So many policies are past their end and still there. */
    public void due(int policies) {
        due.set(policies);
    }

    /** The deadline path deleted policies that long after their end. */
    public void cut(int policies, Duration late) {
        counter(Meters.POLICIES_CUT, Tags.empty()).increment(policies);
        for (int i = 0; i < policies; i++) {
            lateness(Meters.CUT_LATENESS).record(seconds(late));
        }
    }

    /** A reconcile saw for the first time that a window has ended. */
    public void endSeen(Duration late) {
        lateness(Meters.END_LATENESS).record(seconds(late));
    }

    /** Windows that wait for their turn. */
    public void waiting(IntSupplier number) {
        gauge(Meters.WINDOWS_WAITING, number);
    }

    /** Whether this process is the one that acts. */
    public void leading(BooleanSupplier leads) {
        gauge(Meters.LEADING, () -> leads.getAsBoolean() ? 1 : 0);
    }

    private static double seconds(Duration late) {
        return Math.max(0, late.toMillis() / 1000.0);
    }

    private Counter counter(Meters meter, Tags tags) {
        return Counter.builder(meter.meter())
                .description(meter.help())
                .tags(tags)
                .register(registry);
    }

    private DistributionSummary lateness(Meters meter) {
        return DistributionSummary.builder(meter.meter())
                .description(meter.help())
                .serviceLevelObjectives(LATENESS)
                .register(registry);
    }

    private void gauge(Meters meter, IntSupplier value) {
        Gauge.builder(meter.meter(), value, IntSupplier::getAsInt)
                .description(meter.help())
                .strongReference(true)
                .register(registry);
    }
}
