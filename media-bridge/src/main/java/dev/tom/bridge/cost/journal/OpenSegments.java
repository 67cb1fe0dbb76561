package dev.tom.bridge.cost.journal;

import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.session.SegmentUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Segments without a record, and what of them the journal does not know yet. It stands between event loops and the writer instead of a
 * queue: what comes later about a segment replaces what came before, so it holds one entry per segment, however slow the disk is.
 * Thread-safe; nothing is done under its lock that waits.
 */
final class OpenSegments {

    private final Map<String, State> segments = new LinkedHashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private final List<String> recorded = new ArrayList<>();

    private record State(OpenSegment segment, SegmentUse use, Optional<CallSegment> ended, boolean written) {
        State writtenDown() {
            return new State(segment, use, ended, true);
        }
    }

    synchronized void opened(OpenSegment segment) {
        segments.put(segment.id(), new State(segment, SegmentUse.NONE, Optional.empty(), false));
        touched.add(segment.id());
    }

    synchronized void used(OpenSegment segment, SegmentUse use) {
        State state = segments.get(segment.id());
        if (state != null && state.ended.isEmpty()) {
            segments.put(segment.id(), new State(segment, use, state.ended, state.written));
            touched.add(segment.id());
        }
    }

    /** Also of a segment whose begin was not told. */
    synchronized void ended(CallSegment ended) {
        State state = segments.get(ended.id());
        boolean written = state != null && state.written;
        segments.put(ended.id(), new State(ended.opened(), ended.use(), Optional.of(ended), written));
        touched.add(ended.id());
    }

    /** Its record is on the disk. */
    synchronized void recorded(String id) {
        State state = segments.remove(id);
        touched.remove(id);
        if (state != null && state.written) {
            recorded.add(id);
        }
    }

    /** Segments without a record. */
    synchronized int count() {
        return segments.size();
    }

    boolean any() {
        return count() > 0;
    }

    synchronized boolean unwritten() {
        return !touched.isEmpty() || !recorded.isEmpty();
    }

    /** What the journal does not know; from now on it counts as written. */
    synchronized List<JournalEvent> take(Instant now) {
        List<JournalEvent> events = new ArrayList<>();
        for (String id : touched) {
            State state = segments.get(id);
            if (state != null) {
                tell(state, state.written, now, events);
                segments.put(id, state.writtenDown());
            }
        }
        touched.clear();
        recorded.forEach(id -> events.add(new JournalEvent.Recorded(id, now)));
        recorded.clear();
        return events;
    }

    /** Everything that a journal has to know which knows nothing; from now on it counts as written. */
    synchronized List<JournalEvent> takeAll(Instant now) {
        List<JournalEvent> events = new ArrayList<>();
        segments.replaceAll((_, state) -> {
            tell(state, false, now, events);
            return state.writtenDown();
        });
        touched.clear();
        recorded.clear();
        return events;
    }

    private static void tell(State state, boolean known, Instant now, List<JournalEvent> events) {
        String id = state.segment.id();
        if (!known) {
            events.add(new JournalEvent.Opened(state.segment, now));
        }
        if (state.ended.isPresent()) {
            CallSegment ended = state.ended.get();
            events.add(new JournalEvent.Ended(id, ended.use(), ended.end(), ended.endedBy(), now));
        } else if (!state.use.equals(SegmentUse.NONE)) {
            events.add(new JournalEvent.Used(id, state.use, now));
        }
    }
}
