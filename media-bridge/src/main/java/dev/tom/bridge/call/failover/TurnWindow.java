package dev.tom.bridge.call.failover;

import java.util.ArrayList;
import java.util.List;

/**
 * The turns of about the last {@value #WINDOW_MILLIS} ms, counted in slots of {@value #SLOT_MILLIS} ms. The 95th percentile is above a
 * trigger exactly when more than one turn in twenty is slower than it; so two counts a slot are all that must be kept, and a turn costs
 * the same however busy the pod is.
 *
 * @param slots oldest first, at most 13
 */
public record TurnWindow(List<Slot> slots) {

    /** Trailing time over which a p95 is taken; short against the time for which it must stay too high. */
    public static final long WINDOW_MILLIS = 120_000;

    static final long SLOT_MILLIS = 10_000;

    /** Fewer turns than this say nothing. */
    public static final int MIN_TURNS = 10;

    private static final int ONE_IN = 20;

    public static final TurnWindow EMPTY = new TurnWindow(List.of());

    /**
     * Some of the turns.
     *
     * @param begunAt when its first turn was
     * @param slow how many of its turns were slower than the trigger of that time, or never answered
     */
    public record Slot(long begunAt, int turns, int slow) {}

    public TurnWindow {
        slots = List.copyOf(slots);
    }

    /** With one more turn. */
    TurnWindow with(long now, boolean slow) {
        List<Slot> more = new ArrayList<>(slots);
        boolean fits = !more.isEmpty() && now - more.getLast().begunAt() < SLOT_MILLIS;
        Slot last = fits ? more.removeLast() : new Slot(now, 0, 0);
        more.add(new Slot(last.begunAt(), last.turns() + 1, last.slow() + (slow ? 1 : 0)));
        return new TurnWindow(more);
    }

    /** Without the slots whose turns are all too old now. */
    TurnWindow since(long now) {
        if (slots.isEmpty() || fresh(slots.getFirst(), now)) {
            return this;
        }
        return new TurnWindow(slots.stream().filter(slot -> fresh(slot, now)).toList());
    }

    /** How many turns are counted. */
    public int turns() {
        return slots.stream().mapToInt(Slot::turns).sum();
    }

    /** How many of them were too slow. */
    public int slow() {
        return slots.stream().mapToInt(Slot::slow).sum();
    }

    /** Whether there are enough turns for a statement, and their 95th percentile (nearest rank) is above the trigger. */
    boolean tooSlow() {
        int turns = turns();
        return turns >= MIN_TURNS && slow() > turns / ONE_IN;
    }

    private static boolean fresh(Slot slot, long now) {
        return slot.begunAt() + SLOT_MILLIS > now - WINDOW_MILLIS;
    }
}
