package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.bridge.speech.Utterance;
import dev.tom.bridge.telephony.TelephonyListener.CallStart;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one open link of a call, with its generation and its account. Without a link everything is taken and nothing happens. A link that
 * throws has failed, like one that says so.
 */
final class CallLink {

    private static final Logger LOG = LoggerFactory.getLogger(CallLink.class);

    /** Events of the open link; those of a closed one are never passed on. */
    interface Events {
        void said(int generation, SpeechEvent event);
    }

    private final CallStart start;
    private final Pod pod;
    private final Events events;
    private int generation;
    private BackendKind backend = BackendKind.ANNOUNCEMENT;
    private SpeechLink link = NoLink.INSTANCE;
    private SegmentAccount account;

    CallLink(CallStart start, Pod pod, Events events) {
        this.start = start;
        this.pod = pod;
        this.events = events;
        account = accountFor(backend);
    }

    void open(int next, BackendKind kind, List<Utterance> history) {
        generation = next;
        backend = kind;
        account = accountFor(kind);
        LinkRequest request = new LinkRequest(start.callId(), format(), history);
        try {
            link = pod.backend(kind).open(request, event -> said(next, event));
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    /** Closes the link and gives its segment to the observer, before anything else happens in the call. */
    void close(String endedBy) {
        if (generation == 0) {
            return;
        }
        SpeechLink closing = link;
        generation = 0;
        link = NoLink.INSTANCE;
        try {
            closing.close();
        } catch (RuntimeException e) {
            LOG.error("call {}: closing the link failed", start.callId(), e);
        }
        pod.observer().segmentEnded(account.ended(pod.clock().instant(), endedBy));
    }

    /** 0: no link is open. */
    int generation() {
        return generation;
    }

    /** Where the open link leads. */
    BackendKind backend() {
        return backend;
    }

    SegmentAccount account() {
        return account;
    }

    AudioFormat format() {
        return start.format();
    }

    void audio(short[] frame) {
        try {
            link.audio(frame);
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    void tell(Consumer<SpeechLink> what) {
        try {
            what.accept(link);
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    private void said(int from, SpeechEvent event) {
        if (from == generation) {
            events.said(from, event);
        }
    }

    private void broken(RuntimeException e) {
        LOG.error("call {}: the {} link broke", start.callId(), backend.label(), e);
        said(generation, new SpeechEvent.Failed(FailureReason.BACKEND_ERROR, "the link broke"));
    }

    private SegmentAccount accountFor(BackendKind kind) {
        return new SegmentAccount(
                start.callId(), start.callerHash(), kind, pod.clock().instant());
    }

    /** Stands where no link is. */
    private enum NoLink implements SpeechLink {
        INSTANCE;

        @Override
        public void audio(short[] frame) {}

        @Override
        public void turnStarted() {}

        @Override
        public void turnEnded() {}

        @Override
        public void interrupt(String answerId, long playedMillis) {}

        @Override
        public void answerNow() {}

        @Override
        public void close() {}
    }
}
