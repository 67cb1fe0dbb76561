package dev.tom.bridge.speech.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.NoticeAudio;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnnouncementBackendTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context call = vertx.getOrCreateContext();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AnnouncementBackend backend = new AnnouncementBackend(vertx, now::get);
    private final List<SpeechEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicReference<SpeechLink> link = new AtomicReference<>();

    @AfterEach
    void close() {
        vertx.close();
    }

    private void open(AudioFormat format) {
        call.runOnContext(run -> link.set(backend.open(new LinkRequest("c", format, List.of()), events::add)));
        await().until(() -> !events.isEmpty());
    }

    /** On the call's context, and with all that follows from it done. */
    private void onCall(Consumer<SpeechLink> action) {
        call.runOnContext(run -> action.accept(link.get()));
        AtomicReference<Boolean> done = new AtomicReference<>(false);
        call.runOnContext(run -> call.runOnContext(after -> done.set(true)));
        await().until(done::get);
    }

    @ParameterizedTest
    @EnumSource(AudioFormat.class)
    void saysItsSentenceWhenTheCallerHasSpoken(AudioFormat format) {
        open(format);
        onCall(SpeechLink::turnStarted);
        assertThat(events).containsExactly(new SpeechEvent.Ready());
        onCall(SpeechLink::turnEnded);
        assertThat(events.get(1)).isInstanceOf(SpeechEvent.AnswerStarted.class);
        assertThat(events.get(2)).isEqualTo(new SpeechEvent.AnswerText("announcement-1", Phrases.UNREACHABLE));
        assertThat(events.get(3)).isInstanceOfSatisfying(SpeechEvent.AnswerAudio.class, audio -> {
            assertThat(format.millisOf(audio.length())).isBetween(6_000L, 7_000L);
            int loudest = 0;
            for (short sample : audio.pcm()) {
                loudest = Math.max(loudest, Math.abs(sample));
            }
            assertThat(loudest).isBetween(10_000, 30_000);
        });
        assertThat(events.get(4)).isEqualTo(new SpeechEvent.AnswerDone("announcement-1"));
        assertThat(events).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource(AudioFormat.class)
    void hasASentenceForEveryNotice(AudioFormat format) {
        for (NoticeAudio.Notice notice : NoticeAudio.Notice.values()) {
            short[] samples = backend.notice(notice, format);
            assertThat(format.millisOf(samples.length)).as("%s", notice).isBetween(4_000L, 6_000L);
            assertThat(backend.notice(notice, format)).isSameAs(samples);
        }
        assertThat(backend.notice(NoticeAudio.Notice.BUSY_LATER, format))
                .isNotEqualTo(backend.notice(NoticeAudio.Notice.BUSY_TRANSFER, format));
    }

    @Test
    void saysItAgainOnlyAfterAWhile() {
        open(AudioFormat.NARROWBAND);
        onCall(SpeechLink::answerNow);
        now.set(Instant.EPOCH.plus(AnnouncementBackend.AT_MOST_EVERY).minusMillis(1));
        onCall(SpeechLink::turnEnded);
        assertThat(events).hasSize(5);
        now.set(Instant.EPOCH.plus(AnnouncementBackend.AT_MOST_EVERY));
        onCall(SpeechLink::turnEnded);
        assertThat(events).hasSize(9);
    }

    @Test
    void isSilentAfterItWasClosed() {
        open(AudioFormat.NARROWBAND);
        onCall(closing -> {
            closing.turnEnded();
            closing.close();
        });
        onCall(SpeechLink::turnEnded);
        assertThat(events).containsExactly(new SpeechEvent.Ready());
    }
}
