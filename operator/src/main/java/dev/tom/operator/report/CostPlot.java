package dev.tom.operator.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/** What was paid for, provider beside local pipeline. Pure. */
final class CostPlot {

    private static final int WIDTH = 720;
    private static final int LEFT = 130;
    private static final int RIGHT = 600;
    private static final int ROW = 18;

    private record Kind(String name, Function<Totals.Kinds, BigDecimal> cost) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("listening (stt)", Totals.Kinds::stt),
            new Kind("thinking (llm)", Totals.Kinds::llm),
            new Kind("speaking (tts)", Totals.Kinds::tts));

    private CostPlot() {}

    static String of(Totals totals) {
        double most = Math.max(1e-6, highest(totals));
        var svg = new Svg(WIDTH, KINDS.size() * (2 * ROW + 10), "Cost by kind");
        int y = 0;
        for (Kind kind : KINDS) {
            svg.label("end", LEFT - 10, y + ROW + 4, kind.name());
            for (String backend : List.of(Totals.PROVIDER, Totals.LOCAL)) {
                Totals.Backend sums = totals.backends().get(backend);
                BigDecimal cost = sums == null ? BigDecimal.ZERO : kind.cost().apply(sums.costByKind());
                double width = (RIGHT - LEFT) * cost.doubleValue() / most;
                String saying = cost.toPlainString() + " EUR";
                svg.bar(
                        backend,
                        LEFT,
                        y + 2,
                        Math.max(1, width),
                        ROW - 4,
                        backend + ", " + kind.name() + ": " + saying);
                svg.label("start", LEFT + width + 6, y + ROW - 5, saying);
                y += ROW;
            }
            y += 10;
        }
        return svg.end();
    }

    private static double highest(Totals totals) {
        return totals.backends().values().stream()
                .flatMap(backend -> KINDS.stream().map(kind -> kind.cost().apply(backend.costByKind())))
                .mapToDouble(BigDecimal::doubleValue)
                .max()
                .orElse(0);
    }
}
