package dev.tom.operator.observability;

import dev.tom.operator.window.Truth;
import dev.tom.operator.window.WindowPhase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** The gauges of all windows. Thread-safe. */
public final class WindowMeters {

    private final MeterRegistry registry;
    private final Map<String, Entry> windows = new ConcurrentHashMap<>();

    public WindowMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * What is shown of one window.
     *
     * @param enforced whether the network keeps bridges from the provider after the end
     * @param leakedSockets provider sockets after the end
     */
    public record Figures(
            WindowPhase phase,
            boolean egressOpen,
            boolean egressVerified,
            Truth enforced,
            int leakedSockets,
            Instant endsAt,
            OptionalLong closedLateMillis) {}

    /** @param phase the one meter that is replaced when the figures change */
    private record Entry(AtomicReference<Figures> figures, Meter phase, List<Meter> others) {}

    /** Shows a window, from now on with these figures. */
    public void show(String namespace, String window, Figures figures) {
        Tags tags = Tags.of("namespace", namespace, "window", window);
        windows.compute(
                key(namespace, window),
                (key, before) -> before == null ? register(tags, figures) : changed(before, tags, figures));
    }

    /** A window that is gone is shown no more. */
    public void forget(String namespace, String window) {
        Entry entry = windows.remove(key(namespace, window));
        if (entry != null) {
            registry.remove(entry.phase());
            entry.others().forEach(registry::remove);
        }
    }

    private Entry changed(Entry before, Tags tags, Figures figures) {
        WindowPhase was = before.figures().getAndSet(figures).phase();
        if (was == figures.phase()) {
            return before;
        }
        Meter phase = phase(tags, before.figures(), figures.phase());
        registry.remove(before.phase());
        return new Entry(before.figures(), phase, before.others());
    }

    private Gauge phase(Tags tags, AtomicReference<Figures> figures, WindowPhase phase) {
        return gauge(Meters.PHASE, tags.and(Tag.of("phase", phase.text())), figures, shown -> 1);
    }

    private Entry register(Tags tags, Figures first) {
        var figures = new AtomicReference<>(first);
        var meters = new ArrayList<Meter>();
        meters.add(gauge(Meters.EGRESS_OPEN, tags, figures, shown -> shown.egressOpen() ? 1 : 0));
        meters.add(gauge(Meters.EGRESS_VERIFIED, tags, figures, shown -> shown.egressVerified() ? 1 : 0));
        meters.add(gauge(Meters.EGRESS_ENFORCED, tags, figures, shown -> switch (shown.enforced()) {
            case TRUE -> 1;
            case FALSE -> 0;
            case UNKNOWN -> Double.NaN;
        }));
        meters.add(gauge(Meters.LEAKED_SOCKETS, tags, figures, Figures::leakedSockets));
        meters.add(gauge(Meters.END, tags, figures, shown -> shown.endsAt().getEpochSecond()));
        meters.add(gauge(
                Meters.CLOSE_LATENESS,
                tags,
                figures,
                shown -> shown.closedLateMillis().isPresent()
                        ? shown.closedLateMillis().getAsLong() / 1000.0
                        : Double.NaN));
        return new Entry(figures, phase(tags, figures, first.phase()), List.copyOf(meters));
    }

    private Gauge gauge(Meters meter, Tags tags, AtomicReference<Figures> figures, ToDoubleFunction<Figures> value) {
        return Gauge.builder(meter.meter(), figures, reference -> value.applyAsDouble(reference.get()))
                .description(meter.help())
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private static String key(String namespace, String window) {
        return namespace + "/" + window;
    }
}
