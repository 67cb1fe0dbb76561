package dev.tom.bridge.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Makes meters from the catalogue and nothing else. Thread-safe. */
public final class MeterBook {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public MeterBook() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /** The counter with these label values. */
    public Counter counter(Meters meter, String... values) {
        return Counter.builder(meter.meterName())
                .description(meter.sentence())
                .tags(tags(meter, values))
                .register(registry);
    }

    /** The histogram with these label values. */
    public DistributionSummary histogram(Meters meter, String... values) {
        return DistributionSummary.builder(meter.meterName())
                .description(meter.sentence())
                .serviceLevelObjectives(meter.buckets())
                .tags(tags(meter, values))
                .register(registry);
    }

    /** Has a gauge read its value from here. */
    public void gauge(Meters meter, DoubleSupplier value, String... values) {
        Gauge.builder(meter.meterName(), value, DoubleSupplier::getAsDouble)
                .description(meter.sentence())
                .tags(tags(meter, values))
                .strongReference(true)
                .register(registry);
    }

    /** All meters in the text format of Prometheus. */
    public String scrape() {
        return registry.scrape();
    }

    private static List<Tag> tags(Meters meter, String... values) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(meter.labels().get(i), values[i]));
        }
        return tags;
    }
}
