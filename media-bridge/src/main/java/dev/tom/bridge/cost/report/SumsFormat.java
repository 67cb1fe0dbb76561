package dev.tom.bridge.cost.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How sums are shown. Pure. */
public enum SumsFormat {
    TABLE {
        @Override
        public String of(CostSums sums) {
            return table(sums);
        }
    },
    CSV {
        @Override
        public String of(CostSums sums) {
            return csv(sums);
        }
    },
    JSON {
        @Override
        public String of(CostSums sums) {
            return json(sums);
        }
    };

    private static final List<String> FIGURES = List.of(
            "calls", "records", "minutes", "tokens_in", "tokens_cached", "tokens_out", "total_cost_eur", "unpriced");
    private static final String GAP = "  ";

    /** The text, ending with a line break. */
    public abstract String of(CostSums sums);

    private static String table(CostSums sums) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(heading(sums));
        sums.groups().forEach((key, sum) -> rows.add(row(shown(key), sum)));
        List<String> label = new ArrayList<>();
        for (int i = 0; i < sums.by().size(); i++) {
            label.add(i == 0 ? "total" : "");
        }
        rows.add(row(label, sums.total()));
        int columns = rows.getFirst().size();
        int[] width = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        });
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String pad = " ".repeat(width[i] - row.get(i).length());
                line.append(i == 0 ? "" : GAP).append(i < sums.by().size() ? row.get(i) + pad : pad + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static List<String> shown(List<String> key) {
        return key.stream().map(value -> value.isEmpty() ? "-" : value).toList();
    }

    private static String csv(CostSums sums) {
        var text = new StringBuilder(line(heading(sums)));
        sums.groups().forEach((key, sum) -> text.append(line(row(key, sum))));
        return text.toString();
    }

    private static String line(List<String> fields) {
        return fields.stream().map(SumsFormat::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String field) {
        return field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + field.replace("\"", "\"\"") + '"'
                : field;
    }

    private static List<String> heading(CostSums sums) {
        List<String> names =
                new ArrayList<>(sums.by().stream().map(Dimension::toString).toList());
        names.addAll(FIGURES);
        return names;
    }

    private static List<String> row(List<String> key, Sum sum) {
        List<String> row = new ArrayList<>(key);
        row.add(String.valueOf(sum.calls()));
        row.add(String.valueOf(sum.records()));
        row.add(String.format(Locale.ROOT, "%.2f", sum.minutes()));
        row.add(String.valueOf(sum.tokens().input()));
        row.add(String.valueOf(sum.tokens().cached()));
        row.add(String.valueOf(sum.tokens().output()));
        row.add(sum.eur().setScale(6, RoundingMode.HALF_UP).toPlainString());
        row.add(String.valueOf(sum.unpriced()));
        return row;
    }

    private static String json(CostSums sums) {
        var rows = new JsonArray();
        sums.groups().forEach((key, sum) -> {
            var row = new JsonObject();
            for (int i = 0; i < key.size(); i++) {
                row.put(sums.by().get(i).toString(), key.get(i));
            }
            rows.add(row.mergeIn(figures(sum)));
        });
        return new JsonObject()
                        .put("rows", rows)
                        .put("total", figures(sums.total()))
                        .put("skipped_lines", sums.skipped())
                        .put("doubled_records", sums.doubled())
                        .encodePrettily()
                + "\n";
    }

    private static JsonObject figures(Sum sum) {
        return new JsonObject()
                .put("calls", sum.calls())
                .put("records", sum.records())
                .put("minutes", Math.round(sum.minutes() * 1_000) / 1_000.0)
                .put("tokens_in", sum.tokens().input())
                .put("tokens_cached", sum.tokens().cached())
                .put("tokens_out", sum.tokens().output())
                .put("total_cost_eur", sum.eur().setScale(6, RoundingMode.HALF_UP))
                .put("unpriced", sum.unpriced());
    }
}
