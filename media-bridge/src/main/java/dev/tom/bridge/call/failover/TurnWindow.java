package dev.tom.bridge.call.failover;

import java.util.ArrayList;
import java.util.List;

/**
 * The latencies of the turns of the last {@value #WINDOW_MILLIS} ms, oldest first, at most {@value #MAX_TURNS} of them.
 *
 * @param turns oldest first
 */
public record TurnWindow(List<Turn> turns) {

    /** Trailing time over which a p95 is taken. */
    public static final long WINDOW_MILLIS = 120_000;
    /** Bound: a busy pod judges by the newest turns. */
    public static final int MAX_TURNS = 1_000;
    /** Fewer turns than this say nothing. */
    public static final int MIN_TURNS = 10;
    /** Latency of a turn that was never answered. */
    public static final long NO_ANSWER = Long.MAX_VALUE;

    public static final TurnWindow EMPTY = new TurnWindow(List.of());

    /** A turn that was answered at {@code at} after {@code latencyMillis}. */
    public record Turn(long at, long latencyMillis) {}

    public TurnWindow {
        turns = List.copyOf(turns);
    }

    /** With one more turn. */
    TurnWindow with(long at, long latencyMillis) {
        List<Turn> more = new ArrayList<>(turns.subList(Math.max(0, turns.size() - MAX_TURNS + 1), turns.size()));
        more.add(new Turn(at, latencyMillis));
        return new TurnWindow(more);
    }

    /** Without the turns that are too old now. */
    TurnWindow since(long now) {
        if (turns.isEmpty() || turns.getFirst().at() > now - WINDOW_MILLIS) {
            return this;
        }
        return new TurnWindow(
                turns.stream().filter(turn -> turn.at() > now - WINDOW_MILLIS).toList());
    }

    /** Whether there are enough turns for a statement. */
    boolean tells() {
        return turns.size() >= MIN_TURNS;
    }

    /** The 95th percentile (nearest rank), in milliseconds. */
    long p95() {
        long[] sorted = turns.stream().mapToLong(Turn::latencyMillis).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
    }
}
