package dev.tom.bridge.speech.local;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.bridge.speech.Utterance;
import dev.tom.testkit.Wav;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A call on a link, driven from a test: everything happens on one event-loop context, as in a session. */
final class LocalCall {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Context context;
    private final AudioFormat format;
    private final SpeechLink link;
    private final List<SpeechEvent> events = new CopyOnWriteArrayList<>();

    LocalCall(Vertx vertx, SpeechBackend backend, AudioFormat format, Utterance... history) {
        this.context = vertx.getOrCreateContext();
        this.format = format;
        this.link = onContext(() -> backend.open(new LinkRequest("call-1", format, List.of(history)), this::happened));
    }

    private void happened(SpeechEvent event) {
        if (Vertx.currentContext() != context) {
            throw new IllegalStateException("an event on another context: " + event);
        }
        // The samples are borrowed: keep a copy.
        events.add(
                event instanceof SpeechEvent.AnswerAudio(String id, short[] pcm, int length)
                        ? new SpeechEvent.AnswerAudio(id, Arrays.copyOf(pcm, length), length)
                        : event);
    }

    /** The caller says this, all at once. */
    void say(Wav wav) {
        begin(wav);
        run(SpeechLink::turnEnded);
    }

    /** The caller says this and does not stop. */
    void begin(Wav wav) {
        run(turn -> {
            turn.turnStarted();
            short[] samples = wav.atRate(format.sampleRate()).samples();
            int size = format.samplesPerFrame();
            short[] frame = new short[size];
            for (int at = 0; at + size <= samples.length; at += size) {
                System.arraycopy(samples, at, frame, 0, size);
                turn.audio(frame);
            }
            Arrays.fill(frame, (short) 0);
        });
    }

    void run(Consumer<SpeechLink> action) {
        onContext(() -> {
            action.accept(link);
            return true;
        });
    }

    List<SpeechEvent> events() {
        return events;
    }

    <T extends SpeechEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits for so many events of this kind and gives the last of them. */
    <T extends SpeechEvent> T await(int count, Class<T> type) {
        Awaitility.await(type.getSimpleName())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> all(type).size() >= count);
        return all(type).get(count - 1);
    }

    String answerText(String answerId) {
        return all(SpeechEvent.AnswerText.class).stream()
                .filter(text -> text.answerId().equals(answerId))
                .map(SpeechEvent.AnswerText::text)
                .collect(Collectors.joining())
                .strip();
    }

    long answerMillis(String answerId) {
        return format.millisOf(all(SpeechEvent.AnswerAudio.class).stream()
                .filter(audio -> audio.answerId().equals(answerId))
                .mapToLong(SpeechEvent.AnswerAudio::length)
                .sum());
    }

    private <T> T onContext(java.util.function.Supplier<T> action) {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(now -> {
            try {
                done.complete(action.get());
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done.join();
    }
}
