package dev.tom.bridge.speech.realtime;

import static org.awaitility.Awaitility.await;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.call.egress.EgressTerms;
import dev.tom.bridge.egress.EgressGuard;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.bridge.speech.Utterance;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ScriptedProvider;
import dev.tom.testkit.Speech;
import dev.tom.testkit.Wav;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.TrustManagerFactory;

/** A provider, an egress guard and links to it, the way a call uses them: on one event loop. */
final class LinkRig implements AutoCloseable {

    static final String KEY = "sk-test-secret";
    /** Waits long enough for a machine that is busy with other builds; the farewell is the real one. */
    static final LinkTimings PATIENT = new LinkTimings(10_000, 10_000, 15_000, LinkTimings.STANDARD.farewell(), 2_000);

    final Vertx vertx = Vertx.vertx();
    final ScriptedProvider provider;
    final EgressGuard guard = new EgressGuard(InstantSource.system()).start();
    private final Context context;
    private final List<SpeechEvent> events = new ArrayList<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    LinkRig(ProviderOptions options) {
        provider = ScriptedProvider.start(vertx, options);
        guard.configured(new EgressTerms.Stated(true, Optional.of(Instant.now().plus(Duration.ofHours(1)))));
        CompletableFuture<Context> made = new CompletableFuture<>();
        vertx.runOnContext(now -> made.complete(vertx.getOrCreateContext()));
        context = made.join();
    }

    static LinkRig standard() {
        return new LinkRig(ProviderOptions.standard(KEY));
    }

    SpeechLink open(LinkTimings timings) {
        return open(provider.url(), KEY, timings, AudioFormat.NARROWBAND, List.of());
    }

    SpeechLink open(URI url, String key, LinkTimings timings, AudioFormat format, List<Utterance> history) {
        return open(url, key, timings, format, history, jvmTrust());
    }

    SpeechLink open(
            URI url, String key, LinkTimings timings, AudioFormat format, List<Utterance> history, TrustOptions trust) {
        RealtimeSettings settings = new RealtimeSettings(url, key, "gpt-test", "marin", "Sei freundlich.", "de");
        return open(new RealtimeBackend(vertx, settings, guard, guard, timings, trust), format, history);
    }

    SpeechLink open(RealtimeSettings settings, LinkTimings timings, TrustOptions trust) {
        return open(
                new RealtimeBackend(vertx, settings, guard, guard, timings, trust), AudioFormat.NARROWBAND, List.of());
    }

    /** Sessions that are tuned in this way. */
    RealtimeBackend backend(SessionTuning tuning) {
        RealtimeSettings settings =
                new RealtimeSettings(provider.url(), KEY, "gpt-test", "marin", "Sei freundlich.", "de").with(tuning);
        return new RealtimeBackend(vertx, settings, guard, guard, PATIENT, jvmTrust());
    }

    SpeechLink open(RealtimeBackend backend, AudioFormat format, List<Utterance> history) {
        CompletableFuture<SpeechLink> opened = new CompletableFuture<>();
        context.runOnContext(
                now -> opened.complete(backend.open(new LinkRequest("call-1", format, history), this::keep)));
        return opened.join();
    }

    static TrustOptions jvmTrust() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((java.security.KeyStore) null);
            return TrustOptions.wrap(trust);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens and waits until it can be used. */
    SpeechLink ready() {
        SpeechLink link = open(PATIENT);
        awaitEvent(SpeechEvent.Ready.class);
        return link;
    }

    /** Everything at once: the provider's clock is the audio. The silence after it ends the turn. */
    void say(SpeechLink link, Speech speech) {
        speak(link, speech.wav(8_000).then(Wav.silence(8_000, 400)));
    }

    void speak(SpeechLink link, Wav wav) {
        on(link, it -> {
            int frame = wav.rate() / 50;
            for (int at = 0; at + frame <= wav.samples().length; at += frame) {
                it.audio(Arrays.copyOfRange(wav.samples(), at, at + frame));
            }
        });
    }

    /** Calls the link on its context and waits until it was called. */
    void on(SpeechLink link, Consumer<SpeechLink> call) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(now -> {
            call.accept(link);
            done.complete(null);
        });
        done.join();
    }

    private synchronized void keep(SpeechEvent event) {
        if (event instanceof SpeechEvent.AnswerAudio audio) {
            for (int i = 0; i < audio.length(); i++) {
                heard.write(audio.pcm()[i]);
                heard.write(audio.pcm()[i] >> 8);
            }
        }
        events.add(event);
    }

    synchronized List<SpeechEvent> events() {
        return List.copyOf(events);
    }

    <E extends SpeechEvent> List<E> events(Class<E> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** All answer audio so far. */
    synchronized short[] heard() {
        byte[] bytes = heard.toByteArray();
        short[] samples = new short[bytes.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((bytes[2 * i] & 0xff) | bytes[2 * i + 1] << 8);
        }
        return samples;
    }

    <E extends SpeechEvent> E awaitEvent(Class<E> type) {
        await().atMost(Duration.ofSeconds(15)).until(() -> !events(type).isEmpty());
        return events(type).getFirst();
    }

    @Override
    public void close() {
        guard.close();
        provider.close();
        vertx.close().await();
    }
}
