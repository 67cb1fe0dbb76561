package dev.tom.bridge.session;

import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.TokenUsage;
import java.time.Instant;

/** Adds up what a call uses of one backend, and says so as it grows. */
final class SegmentAccount {

    private final OpenSegment segment;
    private final SegmentObserver observer;
    private SegmentUse use = SegmentUse.NONE;

    SegmentAccount(OpenSegment segment, SegmentObserver observer) {
        this.segment = segment;
        this.observer = observer;
    }

    void used(TokenUsage more) {
        grown(use.plus(more));
    }

    void worked(SpeechEvent.Engine engine, long millis) {
        grown(use.plus(engine, millis));
    }

    CallSegment ended(Instant end, String endedBy) {
        return new CallSegment(segment, use, end, endedBy);
    }

    private void grown(SegmentUse now) {
        use = now;
        observer.segmentProgress(segment, now);
    }
}
