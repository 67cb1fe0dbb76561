package dev.tom.bridge.cost.journal;

import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.session.SegmentUse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a journal of a dead process says it owes. Pure.
 *
 * @param origin of the records
 * @param unrecorded segments that are not known to have a record: with their own end where it is written, otherwise ended by {@link
 *     #CRASH} at the last sign of life
 * @param lastSign when the last readable line was written
 * @param unreadable lines that say nothing: the last one may be torn
 */
public record JournalContent(JournalOrigin origin, List<CallSegment> unrecorded, Instant lastSign, int unreadable) {

    /** {@code ended_by} of a segment whose bridge died under it. */
    public static final String CRASH = "crash";

    public JournalContent {
        unrecorded = List.copyOf(unrecorded);
    }

    /** Reads the lines in their order; lines about segments that never opened change nothing. */
    public static JournalContent of(Iterable<String> lines) {
        JournalOrigin origin = new JournalOrigin("", "", "", "");
        Map<String, Owed> open = new LinkedHashMap<>();
        Instant lastSign = Instant.EPOCH;
        int unreadable = 0;
        for (String line : lines) {
            Optional<JournalEvent> event = JournalLine.decode(line);
            if (event.isEmpty()) {
                unreadable++;
                continue;
            }
            if (event.get().at().isAfter(lastSign)) {
                lastSign = event.get().at();
            }
            switch (event.get()) {
                case JournalEvent.Began(JournalOrigin begun, Instant _) -> origin = begun;
                case JournalEvent.Opened(OpenSegment segment, Instant _) ->
                    open.putIfAbsent(segment.id(), new Owed(segment, SegmentUse.NONE, Optional.empty()));
                case JournalEvent.Used(String id, SegmentUse use, Instant _) ->
                    open.computeIfPresent(id, (_, owed) -> new Owed(owed.segment, use, owed.ended));
                case JournalEvent.Ended ended ->
                    open.computeIfPresent(
                            ended.id(), (_, owed) -> new Owed(owed.segment, ended.use(), Optional.of(ended)));
                case JournalEvent.Recorded(String id, Instant _) -> open.remove(id);
                case JournalEvent.Alive _ -> {
                    // its time is all it says
                }
            }
        }
        Instant last = lastSign;
        return new JournalContent(
                origin, open.values().stream().map(owed -> owed.at(last)).toList(), last, unreadable);
    }

    private record Owed(OpenSegment segment, SegmentUse use, Optional<JournalEvent.Ended> ended) {
        CallSegment at(Instant lastSign) {
            return ended.map(known -> new CallSegment(segment, use, known.end(), known.endedBy()))
                    .orElseGet(() -> new CallSegment(segment, use, lastSign, CRASH));
        }
    }
}
