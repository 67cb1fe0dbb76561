package dev.tom.bridge.observe;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The reference page of the metrics, as Markdown. */
public final class MetricsPage {

    private MetricsPage() {}

    public static String markdown() {
        var page = new StringBuilder("""
                # Metrics of the media bridge

                Served on `:8085/metrics`. This page is generated from `dev.tom.bridge.observe.Meters`.

                | name | type | labels | unit | meaning |
                |---|---|---|---|---|
                """);
        for (Meters meter : Meters.values()) {
            page.append("| `%s` | %s | %s | %s | %s |%n"
                    .formatted(
                            meter.meterName(),
                            meter.type().name().toLowerCase(Locale.ROOT),
                            meter.labels().stream()
                                    .map(label -> "`" + label + "`")
                                    .collect(Collectors.joining(", ")),
                            meter.unit(),
                            meter.sentence()));
        }
        page.append("\n## Buckets\n\n");
        for (Meters meter : Meters.values()) {
            if (meter.type() == Meters.Type.HISTOGRAM) {
                page.append("- `%s`: %s%n"
                        .formatted(
                                meter.meterName(),
                                Arrays.stream(meter.buckets())
                                        .mapToObj(MetricsPage::number)
                                        .collect(Collectors.joining(", "))));
            }
        }
        return page.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
