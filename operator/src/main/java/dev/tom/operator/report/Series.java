package dev.tom.operator.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Calls over time. A point is there where something changed, at most one per step; with more than {@link #MAX_POINTS} the step doubles. Of the
 * points that fall into one step the one with the most calls stays, and the last one where no other follows.
 *
 * @param stepSeconds width of a step
 */
public record Series(int stepSeconds, List<Point> points) {

    static final int MAX_POINTS = 300;

    static final Series EMPTY = new Series(15, List.of());

    public Series {
        stepSeconds = Math.max(1, stepSeconds);
        points = List.copyOf(Objects.requireNonNullElse(points, List.of()));
    }

    /**
     * How it was from {@code at} on.
     *
     * @param at seconds since 1970
     * @param provider calls that the provider answered
     * @param local calls that were answered otherwise
     * @param podsOnProvider pods whose new calls went to the provider
     * @param podsElsewhere the other pods that told
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"at", "provider", "local", "podsOnProvider", "podsElsewhere"})
    public record Point(long at, int provider, int local, int podsOnProvider, int podsElsewhere) {

        int calls() {
            return provider + local;
        }

        Point movedTo(long time) {
            return new Point(time, provider, local, podsOnProvider, podsElsewhere);
        }

        private boolean sameAs(Point other) {
            return provider == other.provider
                    && local == other.local
                    && podsOnProvider == other.podsOnProvider
                    && podsElsewhere == other.podsElsewhere;
        }
    }

    Series with(Point point) {
        if (points.isEmpty()) {
            return new Series(stepSeconds, List.of(point));
        }
        Point last = points.getLast();
        if (point.sameAs(last)) {
            return this;
        }
        var all = new ArrayList<>(points);
        if (step(point, stepSeconds) > step(last, stepSeconds)) {
            all.add(point);
        } else if (point.calls() > last.calls()) {
            all.set(all.size() - 1, point.movedTo(last.at()));
        } else {
            return this;
        }
        return all.size() > MAX_POINTS ? coarser(stepSeconds * 2, all) : new Series(stepSeconds, all);
    }

    private static Series coarser(int wider, List<Point> all) {
        var kept = new ArrayList<Point>();
        for (int from = 0; from < all.size(); ) {
            long step = step(all.get(from), wider);
            Point peak = all.get(from);
            int next = from;
            for (; next < all.size() && step(all.get(next), wider) == step; next++) {
                peak = all.get(next).calls() > peak.calls() ? all.get(next) : peak;
            }
            kept.add(peak.movedTo(all.get(from).at()));
            Point last = all.get(next - 1);
            boolean gap = next == all.size() || step(all.get(next), wider) > step + 1;
            if (gap && !last.sameAs(peak)) {
                kept.add(last.movedTo((step + 1) * wider));
            }
            from = next;
        }
        return kept.size() > MAX_POINTS ? coarser(wider * 2, kept) : new Series(wider, kept);
    }

    private static long step(Point point, int seconds) {
        return Math.floorDiv(point.at(), seconds);
    }
}
