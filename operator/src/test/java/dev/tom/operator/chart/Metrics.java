package dev.tom.operator.chart;

import dev.tom.operator.observability.Meters;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of the metrics that queries may use. */
final class Metrics {

    private static final Pattern NAME = Pattern.compile("\\btom_[a-z0-9_]+");
    private static final Pattern BRIDGE_ROW = Pattern.compile("^\\| `(tom_[a-z0-9_]+)` \\|");
    private static final Pattern LABEL_MATCHERS = Pattern.compile("\\{[^}]*}");
    private static final Pattern SERIES_SUFFIX = Pattern.compile("_(bucket|sum|count)$");

    private Metrics() {}

    /** The operator's catalogue, and the page that is made from the bridge's. */
    static Set<String> known() {
        Stream<String> bridge = Checkout.read("docs/metrics.md").lines().flatMap(line -> {
            Matcher row = BRIDGE_ROW.matcher(line);
            return row.find() ? Stream.of(row.group(1)) : Stream.empty();
        });
        Stream<String> operator = Arrays.stream(Meters.values()).map(Meters::meter);
        return Stream.concat(bridge, operator).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The metrics that a query reads, without label matchers and without the suffixes of a histogram's series. */
    static Set<String> in(String query) {
        var names = new TreeSet<String>();
        Matcher matcher = NAME.matcher(LABEL_MATCHERS.matcher(query).replaceAll(""));
        while (matcher.find()) {
            names.add(SERIES_SUFFIX.matcher(matcher.group()).replaceFirst(""));
        }
        return names;
    }
}
