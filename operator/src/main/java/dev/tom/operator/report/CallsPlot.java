package dev.tom.operator.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Calls over time: how many the provider answered, and on top how many were answered otherwise. Pure. */
final class CallsPlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 200;
    private static final int LEFT = 40;
    private static final int RIGHT = 710;
    private static final int TOP = 10;
    private static final int BOTTOM = 175;
    private static final int TIMES = 6;

    /** Bands that say their numbers when they are pointed at; of more points only some get one. */
    private static final int BANDS = 100;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final List<Series.Point> points;
    private final long from;
    private final long to;
    private final int most;

    private CallsPlot(List<Series.Point> points, long until) {
        this.points = points;
        from = points.getFirst().at();
        to = Math.max(until, points.getLast().at() + 1);
        most = Math.max(1, points.stream().mapToInt(Series.Point::calls).max().orElse(1));
    }

    /** @param until end of the plot */
    static String of(Series series, Instant until) {
        if (series.points().isEmpty()) {
            return "<p>Nothing was seen while the window was open.</p>\n";
        }
        return new CallsPlot(series.points(), until.getEpochSecond()).draw();
    }

    private String draw() {
        var svg = new Svg(WIDTH, HEIGHT, "Calls over time");
        svg.label("end", LEFT - 5, y(most) + 4, String.valueOf(most)).label("end", LEFT - 5, BOTTOM, "0");
        svg.line("axis", LEFT, y(most), RIGHT, y(most)).line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
        for (int i = 0; i <= TIMES; i++) {
            long at = from + (to - from) * i / TIMES;
            svg.label(
                    "middle",
                    Math.clamp(x(at), LEFT + 15, RIGHT - 20),
                    HEIGHT - 8,
                    CLOCK.format(Instant.ofEpochSecond(at)));
        }
        svg.path("local", area(true)).path("provider", area(false));
        bands(svg);
        return svg.end();
    }

    private String area(boolean all) {
        var steps = new StringBuilder("M" + LEFT + " " + BOTTOM);
        for (int i = 0; i < points.size(); i++) {
            Series.Point point = points.get(i);
            double height = y(all ? point.calls() : point.provider());
            double next = i + 1 < points.size() ? x(points.get(i + 1).at()) : RIGHT;
            steps.append('V').append(Svg.number(height)).append('H').append(Svg.number(next));
        }
        return steps.append('V').append(BOTTOM).append('Z').toString();
    }

    private void bands(Svg svg) {
        int every = (points.size() + BANDS - 1) / BANDS;
        for (int i = 0; i < points.size(); i += every) {
            Series.Point point = points.get(i);
            double left = x(point.at());
            double right = i + every < points.size() ? x(points.get(i + every).at()) : RIGHT;
            svg.bar(
                    "band",
                    left,
                    TOP,
                    right - left,
                    (double) BOTTOM - TOP,
                    "%s UTC: %d on the provider, %d otherwise; %d pods on the provider, %d elsewhere"
                            .formatted(
                                    CLOCK.format(Instant.ofEpochSecond(point.at())),
                                    point.provider(),
                                    point.local(),
                                    point.podsOnProvider(),
                                    point.podsElsewhere()));
        }
    }

    private double x(long at) {
        return LEFT + (double) (RIGHT - LEFT) * (at - from) / (to - from);
    }

    private double y(int calls) {
        return BOTTOM - (double) (BOTTOM - TOP) * calls / most;
    }
}
