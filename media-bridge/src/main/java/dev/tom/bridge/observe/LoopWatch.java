package dev.tom.bridge.observe;

import io.micrometer.core.instrument.DistributionSummary;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Measures on every event loop how late a timer runs, and knows when a loop stands still. */
public final class LoopWatch {

    private static final Duration BEAT = Duration.ofMillis(100);

    /** A loop that has not beaten since the look before stands still now. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A loop that has not beaten for so long does not come back by itself. */
    private static final Duration DEAD = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final DistributionSummary late;
    private final List<Beat> loops = new CopyOnWriteArrayList<>();

    public LoopWatch(Vertx vertx, MeterBook book) {
        this.vertx = vertx;
        this.late = book.histogram(Meters.EVENT_LOOP_LATE);
    }

    /** @param count of event loops */
    public Future<Void> start(int count) {
        Supplier<Deployable> beat = () -> {
            var loop = new Beat();
            loops.add(loop);
            return loop;
        };
        return vertx.deployVerticle(beat, new DeploymentOptions().setInstances(count))
                .mapEmpty();
    }

    /** Why the process should be started anew, or empty. */
    public Optional<String> notHealthy() {
        long now = System.nanoTime();
        boolean dead = loops.stream().anyMatch(loop -> now - loop.lastNanos > DEAD.toNanos());
        return dead ? Optional.of("An event loop has stood still for more than 20 s") : Optional.empty();
    }

    /**
     * How late the latest of the loops ran its timers on average since this was asked last, a loop that stands still now included; in
     * milliseconds. One pause is hardly seen in it, a loop that cannot keep up is.
     */
    public long lateMillis() {
        long now = System.nanoTime();
        long latest = 0;
        for (Beat loop : loops) {
            long beats = loop.beats.sumThenReset();
            long mean = beats == 0 ? 0 : loop.lateNanos.sumThenReset() / beats;
            latest = Math.max(latest, Math.max(mean, now - loop.lastNanos - LOOK.toNanos()));
        }
        return latest / 1_000_000;
    }

    private final class Beat extends VerticleBase {
        private final LongAdder beats = new LongAdder();
        private final LongAdder lateNanos = new LongAdder();
        private volatile long lastNanos = System.nanoTime();

        @Override
        public Future<?> start() {
            vertx.setPeriodic(BEAT.toMillis(), _ -> {
                long now = System.nanoTime();
                long nanos = Math.max(0, now - lastNanos - BEAT.toNanos());
                late.record(nanos / 1e9);
                beats.increment();
                lateNanos.add(nanos);
                lastNanos = now;
            });
            return Future.succeededFuture();
        }
    }
}
