package dev.tom.bridge.session;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Writes down what the calls report. */
final class RecordingObserver implements CallObserver {

    final List<String> log = new CopyOnWriteArrayList<>();
    final List<CallSegment> segments = new CopyOnWriteArrayList<>();
    final AtomicLong phoneDrops = new AtomicLong();

    @Override
    public void callStarted(String callId) {
        log.add("started " + callId);
    }

    @Override
    public void callEnded(String callId, String result) {
        log.add("ended " + callId + " " + result);
    }

    @Override
    public void turnAnswered(BackendKind backend, long latencyMillis) {
        log.add("turn " + backend.label() + " " + latencyMillis);
    }

    @Override
    public void bargedIn(long latencyMillis) {
        log.add("barge-in " + latencyMillis);
    }

    @Override
    public void resumed() {
        log.add("resumed");
    }

    @Override
    public void callMoved(String callId, FailureReason reason, BackendKind from, BackendKind to) {
        log.add("moved " + callId + " " + reason.label() + " " + from.label() + " " + to.label());
    }

    @Override
    public void podRoute(BackendKind newCallsGoTo, String reason) {
        log.add("route " + newCallsGoTo.label() + " " + reason);
    }

    @Override
    public void sessionRenewed(String callId, String reason) {
        log.add("renewed " + callId + " " + reason);
    }

    @Override
    public void backpressure(String queue, long items) {
        if (queue.equals("phone")) {
            phoneDrops.addAndGet(items);
        }
    }

    @Override
    public void segmentEnded(CallSegment segment) {
        segments.add(segment);
        log.add("segment " + segment.callId() + " " + segment.backend().label() + " " + segment.endedBy());
    }
}
