package dev.tom.bridge.session;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A backend that does what a test says, and keeps the rules of the port. */
final class ScriptedBackend implements SpeechBackend {

    final List<Link> links = new CopyOnWriteArrayList<>();
    volatile boolean becomesReady = true;
    volatile boolean failsToOpen;
    private volatile int answerMillis;
    private final Vertx vertx;
    private final BackendKind kind;

    ScriptedBackend(Vertx vertx, BackendKind kind) {
        this.vertx = vertx;
        this.kind = kind;
    }

    /** Answers every question by itself, 300 ms later, with so much audio. */
    ScriptedBackend answering(int millis) {
        answerMillis = millis;
        return this;
    }

    @Override
    public BackendKind kind() {
        return kind;
    }

    @Override
    public SpeechLink open(LinkRequest request, Consumer<SpeechEvent> events) {
        if (failsToOpen) {
            throw new IllegalStateException("scripted");
        }
        Link link = new Link(vertx.getOrCreateContext(), request, events, this::answer);
        links.add(link);
        if (becomesReady) {
            link.says(new SpeechEvent.Ready());
        }
        return link;
    }

    private void answer(Link link) {
        if (answerMillis > 0) {
            vertx.setTimer(300, _ -> link.answers("answer-" + link.told.size(), 6, answerMillis, true));
        }
    }

    Link last() {
        return links.getLast();
    }

    /** One conversation. Its lists are read by the test between the steps of the event loop. */
    static final class Link implements SpeechLink {
        final LinkRequest request;
        final List<Integer> heard = new CopyOnWriteArrayList<>();
        final List<String> told = new CopyOnWriteArrayList<>();
        volatile boolean closed;
        volatile boolean throwsOnAudio;
        private final Context context;
        private final Consumer<SpeechEvent> events;

        private final Consumer<Link> onQuestion;

        Link(Context context, LinkRequest request, Consumer<SpeechEvent> events, Consumer<Link> onQuestion) {
            this.onQuestion = onQuestion;
            this.context = context;
            this.request = request;
            this.events = events;
        }

        /** In a turn of its own, on the call's context, and never after the close. A test waits until it was heard. */
        void says(SpeechEvent... said) {
            CompletableFuture<Void> heardAll = new CompletableFuture<>();
            context.runOnContext(_ -> {
                for (SpeechEvent event : said) {
                    if (!closed) {
                        events.accept(event);
                    }
                }
                heardAll.complete(null);
            });
            if (!Context.isOnEventLoopThread()) {
                heardAll.orTimeout(10, TimeUnit.SECONDS).join();
            }
        }

        /** An answer of so many milliseconds, all at once; each of its frames begins with this number. */
        void answers(String id, int number, int millis, boolean complete) {
            short[] pcm = Frames.answer(number, millis, request.format());
            says(
                    new SpeechEvent.AnswerStarted(id),
                    new SpeechEvent.AnswerText(id, "eins zwei drei vier fünf sechs sieben acht neun zehn"),
                    new SpeechEvent.AnswerAudio(id, pcm, pcm.length));
            if (complete) {
                says(new SpeechEvent.AnswerDone(id));
            }
        }

        void audioOf(String id, int number, int millis) {
            short[] pcm = Frames.answer(number, millis, request.format());
            says(new SpeechEvent.AnswerAudio(id, pcm, pcm.length));
        }

        void fails(FailureReason reason) {
            says(new SpeechEvent.Failed(reason, "scripted"));
        }

        @Override
        public void audio(short[] frame) {
            if (throwsOnAudio) {
                throw new IllegalStateException("scripted");
            }
            assertOpen("audio");
            heard.add((int) frame[0]);
        }

        @Override
        public void turnStarted() {
            tell("turn started after " + heard.size());
        }

        @Override
        public void turnEnded() {
            tell("turn ended");
            onQuestion.accept(this);
        }

        @Override
        public void interrupt(String answerId, long playedMillis) {
            tell("interrupt " + answerId + " " + playedMillis);
        }

        @Override
        public void answerNow() {
            tell("answer now");
            onQuestion.accept(this);
        }

        @Override
        public void close() {
            tell("close");
            closed = true;
        }

        /** What was told, without the beginnings of turns. */
        List<String> orders() {
            return told.stream()
                    .filter(order -> !order.startsWith("turn started"))
                    .toList();
        }

        private void tell(String what) {
            assertOpen(what);
            told.add(what);
        }

        private void assertOpen(String what) {
            if (closed) {
                told.add("AFTER CLOSE: " + what);
            }
        }
    }

    /** All frames that any link of this backend heard. */
    List<Integer> heard() {
        List<Integer> all = new ArrayList<>();
        links.forEach(link -> all.addAll(link.heard));
        return all;
    }
}
