package dev.tom.operator.report;

import java.util.Map;
import java.util.SortedMap;

/** How long callers waited, provider beside local pipeline, in shares of each one's turns. Pure. */
final class LatencyPlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 200;
    private static final int LEFT = 40;
    private static final int RIGHT = 710;
    private static final int TOP = 10;
    private static final int BOTTOM = 175;

    /** Width of a bin in milliseconds; the last bin holds everything above. */
    private static final int BIN = 100;

    private static final int BINS = 21;
    private static final double BIN_WIDTH = (double) (RIGHT - LEFT) / BINS;

    private LatencyPlot() {}

    static String of(SortedMap<String, Histogram> turns, Thresholds thresholds) {
        long[] provider = bins(turns.getOrDefault(Totals.PROVIDER, Histogram.EMPTY));
        long[] local = bins(turns.getOrDefault(Totals.LOCAL, Histogram.EMPTY));
        double most = Math.max(0.01, Math.max(highest(provider), highest(local)));
        var svg = new Svg(WIDTH, HEIGHT, "How long callers waited");
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM)
                .label("end", LEFT - 5, TOP + 8, Math.round(100 * most) + " %")
                .label("end", LEFT - 5, BOTTOM, "0");
        for (int bin = 0; bin < BINS; bin++) {
            draw(svg, "provider", provider, bin, 0, most);
            draw(svg, "local", local, bin, 1, most);
            if (bin % 5 == 0) {
                svg.label("middle", x(bin * BIN), HEIGHT - 8, bin * BIN + " ms");
            }
        }
        limit(svg, "target", thresholds.targetMillis());
        limit(svg, "trigger", thresholds.triggerMillis());
        return svg.end();
    }

    private static void limit(Svg svg, String style, int millis) {
        if (millis < BIN * (BINS - 1)) {
            svg.line(style, x(millis), TOP, x(millis), BOTTOM);
        }
    }

    private static void draw(Svg svg, String style, long[] bins, int bin, int place, double most) {
        if (bins[bin] == 0) {
            return;
        }
        double height = (BOTTOM - TOP) * share(bins, bin) / most;
        String range = bin == BINS - 1 ? "above " + bin * BIN + " ms" : bin * BIN + " to " + (bin + 1) * BIN + " ms";
        svg.bar(
                style,
                x(bin * BIN) + 1 + place * (BIN_WIDTH - 2) / 2,
                BOTTOM - height,
                (BIN_WIDTH - 2) / 2,
                height,
                "%s, %s: %d turns, %s %%".formatted(style, range, bins[bin], Svg.number(100 * share(bins, bin))));
    }

    /** A latency on the border of two bins belongs to the lower one, as it does to its step. */
    private static long[] bins(Histogram histogram) {
        long[] bins = new long[BINS];
        for (Map.Entry<Integer, Long> step : histogram.counts().entrySet()) {
            bins[Math.clamp((step.getKey() - 1) / BIN, 0, BINS - 1)] += step.getValue();
        }
        return bins;
    }

    private static double highest(long[] bins) {
        double highest = 0;
        for (int bin = 0; bin < BINS; bin++) {
            highest = Math.max(highest, share(bins, bin));
        }
        return highest;
    }

    private static double share(long[] bins, int bin) {
        long all = 0;
        for (long count : bins) {
            all += count;
        }
        return all == 0 ? 0 : (double) bins[bin] / all;
    }

    private static double x(int millis) {
        return LEFT + BIN_WIDTH * millis / BIN;
    }
}
