package dev.tom.bridge.session;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.TokenUsage;
import java.time.Instant;

/**
 * A stretch of a call on one backend that is over; the unit of accounting.
 *
 * @param opened how it began
 * @param use what it used in all
 * @param end when the backend was left; never before the start, whatever the clock did
 * @param endedBy why it ended: {@code hangup}, {@code window_end}, a failure reason's label, or {@code crash} when the bridge died
 */
public record CallSegment(OpenSegment opened, SegmentUse use, Instant end, String endedBy) {

    public CallSegment {
        if (end.isBefore(opened.start())) {
            end = opened.start();
        }
    }

    public String id() {
        return opened.id();
    }

    public String callId() {
        return opened.callId();
    }

    public String callerHash() {
        return opened.callerHash();
    }

    public BackendKind backend() {
        return opened.backend();
    }

    public Instant start() {
        return opened.start();
    }

    public TokenUsage usage() {
        return use.usage();
    }
}
