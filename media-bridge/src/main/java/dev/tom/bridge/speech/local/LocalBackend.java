package dev.tom.bridge.speech.local;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FillerAudio;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.LocalStrain;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Answers with the speech worker and a language model. */
public final class LocalBackend implements SpeechBackend, FillerAudio {

    private static final int WARM_UP_SECONDS = 60;

    private final Vertx vertx;
    private final LocalLink.Engines engines;
    private final AtomicLong answers = new AtomicLong();
    private final Map<AudioFormat, short[]> fillers = new ConcurrentHashMap<>();

    public LocalBackend(Vertx vertx, LocalSettings settings) {
        this.vertx = vertx;
        HttpCalls worker = new HttpCalls(vertx, settings.workerUrl(), "the speech worker");
        ModestResponder modest = new ModestResponder();
        Responder responder = settings.llmUrl()
                .<Responder>map(url -> new ChatResponder(
                        new HttpCalls(vertx, url, "the language model"), settings.llmModel(), settings.instructions()))
                .orElse(modest);
        engines = new LocalLink.Engines(
                worker,
                new Recognizer(worker, settings.language()),
                responder,
                modest,
                new Synthesizer(worker, settings.voice()));
    }

    /**
     * Asks the worker for one synthesis (the fillers, then cached) and one recognition; completes when both answered. Waits a minute for a
     * worker that is starting, as it does when both containers of a pod start; may be repeated.
     *
     * @return fails with one sentence when the worker cannot be reached or does not know the voice
     */
    public Future<Void> warmUp() {
        return warmUp(System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS));
    }

    /** How the speech worker coped since this was asked last; thread-safe. */
    public LocalStrain strain() {
        return engines.worker().strain().take();
    }

    private Future<Void> warmUp(long until) {
        return Future.all(Arrays.stream(AudioFormat.values())
                        .map(this::fetchFiller)
                        .toList())
                .compose(spoken -> engines.recognizer()
                        .recognize(
                                filler(AudioFormat.WIDEBAND).orElseThrow(), AudioFormat.WIDEBAND, new Cancellation()))
                .<Void>mapEmpty()
                // What the first request waits for is a cold engine, not a crowd.
                .onSuccess(_ -> engines.worker().strain().take())
                .recover(cause -> cause instanceof LocalFault fault && fault.isPassing() && System.nanoTime() < until
                        ? warmUp(until)
                        : Future.failedFuture(cause));
    }

    /**
     * A short phrase that bridges a wait, from memory; empty until {@link #warmUp()} has completed once. Thread-safe.
     *
     * @return samples in this format, shared: not to be changed
     */
    @Override
    public Optional<short[]> filler(AudioFormat format) {
        return Optional.ofNullable(fillers.get(format));
    }

    @Override
    public BackendKind kind() {
        return BackendKind.LOCAL;
    }

    @Override
    public SpeechLink open(LinkRequest request, Consumer<SpeechEvent> events) {
        Context context = vertx.getOrCreateContext();
        Supplier<String> answerIds = () -> "local-" + answers.incrementAndGet();
        LocalLink link = new LocalLink(context, request, engines, answerIds, events);
        context.runOnContext(now -> link.connect());
        return link;
    }

    private Future<Void> fetchFiller(AudioFormat format) {
        Recording recording = new Recording();
        return engines.synthesizer()
                .speak(Phrases.FILLER, format, recording, new Cancellation())
                .onSuccess(took -> fillers.put(format, recording.samples()))
                .mapEmpty();
    }

    private static final class Recording implements Synthesizer.AudioSink {
        private short[] samples = new short[0];

        @Override
        public void accept(short[] pcm, int length) {
            int before = samples.length;
            samples = Arrays.copyOf(samples, before + length);
            System.arraycopy(pcm, 0, samples, before, length);
        }

        short[] samples() {
            return samples;
        }
    }
}
