package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SilentLink;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.bridge.speech.Utterance;
import dev.tom.bridge.telephony.TelephonyListener.CallStart;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one open link of a call, with its generation and its account, and at times one that is made ready to take its place. Without a
 * link everything is taken and nothing happens. A link that throws has failed, like one that says so.
 */
final class CallLink {

    private static final Logger LOG = LoggerFactory.getLogger(CallLink.class);

    /** Events of the open link and of the prepared one; those of a closed one are never passed on. */
    interface Events {
        void said(int generation, SpeechEvent event);
    }

    private final CallStart start;
    private final Pod pod;
    private final Events events;
    private int generation;
    private BackendKind backend = BackendKind.ANNOUNCEMENT;
    private SpeechLink link = SilentLink.INSTANCE;
    private SegmentAccount account;
    private int preparedGeneration;
    private SpeechLink prepared = SilentLink.INSTANCE;

    CallLink(CallStart start, Pod pod, Events events) {
        this.start = start;
        this.pod = pod;
        this.events = events;
        account = new SegmentAccount(segment(), pod.observer());
    }

    void open(int next, BackendKind kind, List<Utterance> history) {
        generation = next;
        backend = kind;
        account = begun();
        try {
            link = opened(next, kind, history);
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    /** Opens a link beside the open one; it is not given any audio. */
    void prepare(int next, BackendKind kind, List<Utterance> history) {
        preparedGeneration = next;
        try {
            prepared = opened(next, kind, history);
        } catch (RuntimeException e) {
            LOG.error("call {}: a fresh link broke", start.callId(), e);
            said(next, new SpeechEvent.Failed(FailureReason.BACKEND_ERROR, "the link broke"));
        }
    }

    /** The prepared link is the open one from now on. */
    void use(int next) {
        if (preparedGeneration != next) {
            return;
        }
        generation = next;
        link = prepared;
        account = begun();
        preparedGeneration = 0;
        prepared = SilentLink.INSTANCE;
    }

    /** The prepared link is not needed. */
    void drop() {
        SpeechLink dropped = prepared;
        preparedGeneration = 0;
        prepared = SilentLink.INSTANCE;
        closed(dropped);
    }

    private SpeechLink opened(int next, BackendKind kind, List<Utterance> history) {
        LinkRequest request = new LinkRequest(start.callId(), format(), history);
        return pod.backend(kind).open(request, event -> said(next, event));
    }

    /** Ends the conversations with the provider at once. The account goes on until {@link #close}, which follows. */
    void leaveProvider() {
        if (generation != 0 && backend == BackendKind.PROVIDER) {
            closed(link);
        }
        closed(prepared);
    }

    /** Closes the link and gives its segment to the observer, before anything else happens in the call. */
    void close(String endedBy) {
        if (generation == 0) {
            return;
        }
        SpeechLink closing = link;
        generation = 0;
        link = SilentLink.INSTANCE;
        closed(closing);
        pod.observer().segmentEnded(account.ended(pod.clock().instant(), endedBy));
    }

    private void closed(SpeechLink closing) {
        try {
            closing.close();
        } catch (RuntimeException e) {
            LOG.error("call {}: closing the link failed", start.callId(), e);
        }
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
        if (from == generation || from == preparedGeneration) {
            events.said(from, event);
        }
    }

    private void broken(RuntimeException e) {
        LOG.error("call {}: the {} link broke", start.callId(), backend.label(), e);
        said(generation, new SpeechEvent.Failed(FailureReason.BACKEND_ERROR, "the link broke"));
    }

    private SegmentAccount begun() {
        OpenSegment segment = segment();
        pod.observer().segmentOpened(segment);
        return new SegmentAccount(segment, pod.observer());
    }

    private OpenSegment segment() {
        return OpenSegment.of(
                start.callId(),
                generation,
                start.callerHash(),
                backend,
                pod.clock().instant());
    }
}
