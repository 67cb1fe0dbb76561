package dev.tom.bridge.speech.local;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import io.vertx.core.Context;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation with the local pipeline. Audio counts between {@link #turnStarted} and {@link #turnEnded} only; the session gives the
 * beginning of the utterance, which it heard before it was sure, after {@code turnStarted}.
 *
 * <p>A caller who goes on speaking before an answer is audible takes the turn back: what was recorded stays the beginning of the utterance.
 */
final class LocalLink implements SpeechLink, Answering.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(LocalLink.class);
    private static final Responder NOT_UNDERSTOOD = Responder.saying(Phrases.NOT_UNDERSTOOD);
    private static final Responder PLEASE_REPEAT = Responder.saying(Phrases.PLEASE_REPEAT);

    private final Context context;
    private final String callId;
    private final AudioFormat format;
    private final Engines engines;
    private final Supplier<String> answerIds;
    private final Consumer<SpeechEvent> events;
    private final Dialogue dialogue;
    private final CallerAudio audio;
    private final Cancellation connecting = new Cancellation();
    private boolean listening;
    private boolean closed;
    private @Nullable Cancellation recognizing;
    private @Nullable Answering answering;
    private @Nullable SpokenAnswer lastAnswer;

    /** What the link works with; shared by all calls. */
    record Engines(
            HttpCalls worker, Recognizer recognizer, Responder responder, Responder modest, Synthesizer synthesizer) {}

    LocalLink(
            Context context,
            LinkRequest request,
            Engines engines,
            Supplier<String> answerIds,
            Consumer<SpeechEvent> events) {
        this.context = context;
        this.callId = request.callId();
        this.format = request.format();
        this.engines = engines;
        this.answerIds = answerIds;
        this.events = events;
        dialogue = new Dialogue(request.history());
        audio = new CallerAudio(format);
    }

    /** Sees whether the worker is there. Words of the caller need not wait for it. */
    void connect() {
        engines.worker()
                .patiently(
                        connecting,
                        () -> engines.worker()
                                .json(
                                        io.vertx.core.http.HttpMethod.GET,
                                        "/readyz",
                                        "text/plain",
                                        io.vertx.core.buffer.Buffer.buffer(),
                                        5_000,
                                        connecting))
                .onComplete(done -> {
                    if (done.succeeded()) {
                        emit(new SpeechEvent.Ready());
                    } else {
                        failed((LocalFault) done.cause());
                    }
                });
    }

    @Override
    public void audio(short[] frame) {
        if (listening && !closed) {
            audio.add(frame);
        }
    }

    @Override
    public void turnStarted() {
        boolean goesOn = recognizing != null;
        stopRecognizing();
        if (!goesOn && !listening) {
            audio.clear();
        }
        if (answering != null && !answering.audible()) {
            answering.cancel();
            answering = null;
        }
        listening = true;
    }

    @Override
    public void turnEnded() {
        if (!listening || closed) {
            return;
        }
        listening = false;
        if (audio.dropped() > 0) {
            LOG.warn(
                    "call {}: the utterance was longer than {} s, its beginning is lost",
                    callId,
                    CallerAudio.MAX_SECONDS);
            long frames = audio.dropped() / format.samplesPerFrame();
            context.runOnContext(_ -> emit(new SpeechEvent.Dropped("utterance", frames)));
        }
        if (audio.isEmpty()) {
            answer(NOT_UNDERSTOOD);
            return;
        }
        // A recognition may also begin at the first pause within a turn and be thrown away when the caller goes on;
        // this is its place.
        Cancellation mine = new Cancellation();
        recognizing = mine;
        engines.recognizer().recognize(audio.copy(), format, mine).onComplete(done -> {
            if (closed || mine.isCancelled()) {
                return;
            }
            recognizing = null;
            if (done.succeeded()) {
                understood(done.result());
            } else {
                failed((LocalFault) done.cause());
            }
        });
    }

    private void understood(Recognizer.Recognized recognized) {
        emit(new SpeechEvent.Worked(SpeechEvent.Engine.STT, recognized.tookMillis()));
        emit(new SpeechEvent.CallerSaid(recognized.text()));
        if (recognized.text().isEmpty()) {
            answer(NOT_UNDERSTOOD);
        } else {
            dialogue.callerSaid(recognized.text());
            answer(engines.responder());
        }
    }

    @Override
    public void answerNow() {
        answer(dialogue.answerOwed() ? engines.responder() : PLEASE_REPEAT);
    }

    private void answer(Responder responder) {
        if (closed) {
            return;
        }
        supersede();
        Answering next = new Answering(answerIds.get(), format, engines.synthesizer(), this::emit, this);
        answering = next;
        // Later, because no event may come from inside the methods of the link.
        context.runOnContext(now -> {
            if (answering == next) {
                next.start(responder, engines.modest(), dialogue.utterances());
            }
        });
    }

    /** A new answer ends the one before. */
    private void supersede() {
        Answering old = answering;
        if (old != null) {
            old.cancel();
            answered(old);
        }
    }

    @Override
    public void answered(Answering done) {
        answering = null;
        dialogue.answered(done.spoken());
        lastAnswer = done.spoken();
        if (done.audible()) {
            context.runOnContext(
                    now -> emit(new SpeechEvent.AnswerDone(done.spoken().id())));
        }
    }

    @Override
    public void interrupt(String answerId, long playedMillis) {
        Answering running = answering;
        if (running != null && running.spoken().id().equals(answerId)) {
            running.cancel();
            answering = null;
            lastAnswer = running.spoken();
            context.runOnContext(now -> emit(new SpeechEvent.AnswerDone(answerId)));
        }
        SpokenAnswer cut = lastAnswer;
        if (cut != null && cut.id().equals(answerId)) {
            dialogue.cutOff(cut, playedMillis);
            lastAnswer = null;
        }
    }

    @Override
    public void failed(LocalFault fault) {
        if (!closed) {
            LOG.warn("call {}: {}", callId, fault.getMessage());
            emit(new SpeechEvent.Failed(fault.reason(), String.valueOf(fault.getMessage())));
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        connecting.cancel();
        stopRecognizing();
        if (answering != null) {
            answering.cancel();
            answering = null;
        }
    }

    private void stopRecognizing() {
        if (recognizing != null) {
            recognizing.cancel();
            recognizing = null;
        }
    }

    private void emit(SpeechEvent event) {
        if (!closed) {
            events.accept(event);
        }
    }
}
