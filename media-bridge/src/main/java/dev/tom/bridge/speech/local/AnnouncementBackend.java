package dev.tom.bridge.speech.local;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.NoticeAudio;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Says one recorded sentence when the caller has spoken and nothing better can answer, and has those that the bridge says itself. Needs no
 * other process.
 */
public final class AnnouncementBackend implements SpeechBackend, NoticeAudio {

    /** It lasts six and a half seconds; a caller who talks on hears it again only after this. */
    static final Duration AT_MOST_EVERY = Duration.ofSeconds(12);

    private final Vertx vertx;
    private final InstantSource clock;
    private final Announcement announcement = new Announcement("announcement-de.wav");
    private final Announcement busyLater = new Announcement("busy-later-de.wav");
    private final Announcement busyTransfer = new Announcement("busy-transfer-de.wav");
    private final AtomicLong answers = new AtomicLong();

    public AnnouncementBackend(Vertx vertx) {
        this(vertx, InstantSource.system());
    }

    AnnouncementBackend(Vertx vertx, InstantSource clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    @Override
    public BackendKind kind() {
        return BackendKind.ANNOUNCEMENT;
    }

    @Override
    public short[] notice(Notice notice, AudioFormat format) {
        return switch (notice) {
            case BUSY_LATER -> busyLater.samples(format);
            case BUSY_TRANSFER -> busyTransfer.samples(format);
        };
    }

    @Override
    public SpeechLink open(LinkRequest request, Consumer<SpeechEvent> events) {
        Link link = new Link(vertx.getOrCreateContext(), request.format(), events);
        link.later(new SpeechEvent.Ready());
        return link;
    }

    private final class Link implements SpeechLink {

        private final Context context;
        private final AudioFormat format;
        private final Consumer<SpeechEvent> events;
        private Instant silentUntil = Instant.MIN;
        private boolean closed;

        Link(Context context, AudioFormat format, Consumer<SpeechEvent> events) {
            this.context = context;
            this.format = format;
            this.events = events;
        }

        @Override
        public void audio(short[] frame) {}

        @Override
        public void turnStarted() {}

        @Override
        public void turnEnded() {
            announce();
        }

        @Override
        public void answerNow() {
            announce();
        }

        /** All of it was given away at once; nothing is left to stop. */
        @Override
        public void interrupt(String answerId, long playedMillis) {}

        @Override
        public void close() {
            closed = true;
        }

        private void announce() {
            Instant now = clock.instant();
            if (closed || now.isBefore(silentUntil)) {
                return;
            }
            silentUntil = now.plus(AT_MOST_EVERY);
            String id = "announcement-" + answers.incrementAndGet();
            short[] samples = announcement.samples(format);
            later(new SpeechEvent.AnswerStarted(id));
            later(new SpeechEvent.AnswerText(id, Phrases.UNREACHABLE));
            later(new SpeechEvent.AnswerAudio(id, samples, samples.length));
            later(new SpeechEvent.AnswerDone(id));
        }

        /** Not from inside the methods of the link. */
        void later(SpeechEvent event) {
            context.runOnContext(now -> {
                if (!closed) {
                    events.accept(event);
                }
            });
        }
    }
}
