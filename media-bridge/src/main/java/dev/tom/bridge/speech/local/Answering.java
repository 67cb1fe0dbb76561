package dev.tom.bridge.speech.local;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.Utterance;
import dev.tom.bridge.speech.text.ClauseCutter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer on its way: words from the responder, cut into clauses, spoken one after the other while the rest is still being written.
 * Confined to the context of its call; after {@link #cancel} nothing more comes of it.
 */
final class Answering {

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    /** Longest answer in characters, about a minute and a half; nobody listens longer on the telephone. */
    static final int MAX_ANSWER = 1_200;

    private final SpokenAnswer spoken;
    private final AudioFormat format;
    private final Synthesizer synthesizer;
    private final Consumer<SpeechEvent> events;
    private final Listener listener;
    private final Cancellation writing = new Cancellation();
    private final ClauseCutter cutter = new ClauseCutter();
    private final Queue<String> clauses = new ArrayDeque<>();
    private Cancellation speaking = new Cancellation();
    private int written;
    private boolean allWritten;
    private boolean busy;
    private boolean cancelled;

    /** How it ends. */
    interface Listener {
        void answered(Answering answering);

        void failed(LocalFault fault);
    }

    Answering(String id, AudioFormat format, Synthesizer synthesizer, Consumer<SpeechEvent> events, Listener listener) {
        this.spoken = new SpokenAnswer(id, format);
        this.format = format;
        this.synthesizer = synthesizer;
        this.events = events;
        this.listener = listener;
    }

    SpokenAnswer spoken() {
        return spoken;
    }

    /** Whether some of it was given away. */
    boolean audible() {
        return !spoken.isEmpty();
    }

    /**
     * Begins.
     *
     * @param otherwise answers when the responder fails before its first word
     */
    void start(Responder responder, Responder otherwise, List<Utterance> history) {
        responder.respond(history, this::write, writing).onComplete(done -> {
            if (cancelled || allWritten) {
                return;
            }
            if (done.failed()) {
                LOG.warn(
                        "{}; {}",
                        done.cause().getMessage(),
                        written == 0 ? "saying that it cannot help instead" : "the answer ends here");
                if (written == 0 && responder != otherwise) {
                    start(otherwise, otherwise, history);
                    return;
                }
            } else if (done.result() > 0) {
                events.accept(new SpeechEvent.Worked(SpeechEvent.Engine.LLM, done.result()));
            }
            endText();
        });
    }

    void cancel() {
        cancelled = true;
        clauses.clear();
        writing.cancel();
        speaking.cancel();
    }

    private void write(String piece) {
        if (cancelled || allWritten) {
            return;
        }
        written += piece.length();
        clauses.addAll(cutter.push(piece));
        if (written >= MAX_ANSWER) {
            endText();
            writing.cancel();
        } else {
            speakNext();
        }
    }

    private void endText() {
        allWritten = true;
        cutter.finish().ifPresent(clauses::add);
        speakNext();
    }

    private void speakNext() {
        if (busy || cancelled) {
            return;
        }
        String clause = clauses.poll();
        if (clause == null) {
            if (allWritten) {
                listener.answered(this);
            }
            return;
        }
        busy = true;
        speaking = new Cancellation();
        boolean[] begun = {false};
        synthesizer
                .speak(clause, format, (pcm, length) -> give(clause, pcm, length, begun), speaking)
                .onComplete(done -> {
                    busy = false;
                    if (cancelled) {
                        return;
                    }
                    if (done.failed()) {
                        cancel();
                        listener.failed((LocalFault) done.cause());
                    } else {
                        events.accept(new SpeechEvent.Worked(SpeechEvent.Engine.TTS, done.result()));
                        speakNext();
                    }
                });
    }

    private void give(String clause, short[] pcm, int length, boolean[] begun) {
        if (cancelled) {
            return;
        }
        if (!begun[0]) {
            begun[0] = true;
            if (!audible()) {
                events.accept(new SpeechEvent.AnswerStarted(spoken.id()));
            }
            spoken.begin(clause);
            events.accept(new SpeechEvent.AnswerText(spoken.id(), clause + " "));
        }
        spoken.add(length);
        events.accept(new SpeechEvent.AnswerAudio(spoken.id(), pcm, length));
    }
}
