package dev.tom.bridge.cost.journal;

import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.session.SegmentUse;
import java.time.Instant;

/** One line of a journal. Each says when it was written, and so that the process lived then. */
sealed interface JournalEvent {

    /** When it was written. */
    Instant at();

    /** First line of a file: what the records of its segments carry. */
    record Began(JournalOrigin origin, Instant at) implements JournalEvent {}

    record Opened(OpenSegment segment, Instant at) implements JournalEvent {}

    /**
     * A segment used more.
     *
     * @param use everything since its start
     */
    record Used(String id, SegmentUse use, Instant at) implements JournalEvent {}

    /** A segment is over; its record is on its way. */
    record Ended(String id, SegmentUse use, Instant end, String endedBy, Instant at) implements JournalEvent {}

    /** The record of a segment is on the disk. */
    record Recorded(String id, Instant at) implements JournalEvent {}

    /** Segments are open and nothing else happened. */
    record Alive(Instant at) implements JournalEvent {}
}
