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

    private record Entry(AtomicReference<Figures> figures, List<Meter> meters) {}

    /** Shows a window, from now on with these figures. */
    public void show(String namespace, String window, Figures figures) {
        windows.computeIfAbsent(key(namespace, window), key -> register(namespace, window, figures))
                .figures()
                .set(figures);
    }

    /** A window that is gone is shown no more. */
    public void forget(String namespace, String window) {
        Entry entry = windows.remove(key(namespace, window));
        if (entry != null) {
            entry.meters().forEach(registry::remove);
        }
    }

    private Entry register(String namespace, String window, Figures first) {
        var figures = new AtomicReference<>(first);
        var meters = new ArrayList<Meter>();
        Tags tags = Tags.of("namespace", namespace, "window", window);
        for (WindowPhase phase : WindowPhase.values()) {
            meters.add(gauge(
                    Meters.PHASE,
                    tags.and(Tag.of("phase", phase.text())),
                    figures,
                    shown -> shown.phase() == phase ? 1 : 0));
        }
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
        return new Entry(figures, List.copyOf(meters));
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
