package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.call.failover.FallbackSettings;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FillerAudio;
import dev.tom.bridge.speech.NoticeAudio;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A desk with scripted backends on a real event loop. Its clock moves only when a test lets a phone speak or be silent, so every run
 * is the same.
 */
final class Rig implements AutoCloseable {

    static final int FILLER = 77;
    /** The notice that asks to call later; the one that announces a transfer has the next number. */
    static final int NOTICE = 88;

    final Vertx vertx = Vertx.vertx();
    final ScriptedBackend provider = new ScriptedBackend(vertx, BackendKind.PROVIDER);
    final ScriptedBackend local = new ScriptedBackend(vertx, BackendKind.LOCAL);
    final ScriptedBackend announcement = new ScriptedBackend(vertx, BackendKind.ANNOUNCEMENT);
    final RecordingObserver observer = new RecordingObserver();
    final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    final CallDesk desk;
    volatile boolean permitOpen = true;

    Rig() {
        this(new DeskSettings(BackendKind.PROVIDER, FallbackSettings.DEFAULT, 100), true);
    }

    Rig(DeskSettings settings, boolean hasLocal) {
        EgressPermit permit = new EgressPermit() {
            @Override
            public boolean open() {
                return permitOpen;
            }

            @Override
            public boolean openForNewSessions() {
                return permitOpen;
            }
        };
        FillerAudio filler = format -> Optional.of(Frames.answer(FILLER, 400, format));
        NoticeAudio notices = (notice, format) -> Frames.answer(NOTICE + notice.ordinal(), 1_000, format);
        desk = new CallDesk(
                vertx,
                settings,
                new CallDesk.Backends(provider, hasLocal ? local : announcement, announcement, filler, notices),
                permit,
                observer,
                () -> Instant.ofEpochMilli(nowMillis()),
                nanos::get);
    }

    long nowMillis() {
        return nanos.get() / 1_000_000;
    }

    Phone call(String callId) {
        Phone phone = new Phone(vertx, this::nowMillis);
        on(phone, () -> phone.connect(desk, callId));
        return phone;
    }

    void speaks(Phone phone, int millis) {
        frames(phone, millis, true);
    }

    void isSilent(Phone phone, int millis) {
        frames(phone, millis, false);
    }

    /** Time passes and no audio comes. */
    void waits(Phone phone, int millis) {
        for (int passed = 0; passed < millis; passed += AudioFormat.FRAME_MILLIS) {
            advance();
            on(phone, phone::tick);
        }
    }

    /** All of these phones for so long: those that are in {@code speaking} speak. */
    void together(List<Phone> phones, int millis, Collection<Phone> speaking) {
        for (int passed = 0; passed < millis; passed += AudioFormat.FRAME_MILLIS) {
            advance();
            phones.forEach(phone -> on(phone, () -> phone.frame(speaking.contains(phone))));
        }
    }

    /** Runs this on the phone's context, and everything that it causes there. */
    void on(Phone phone, Runnable action) {
        settle(phone, action);
        settle(phone, () -> {});
        settle(phone, () -> {});
    }

    void settle(Phone phone) {
        on(phone, () -> {});
    }

    private void frames(Phone phone, int millis, boolean voice) {
        for (int passed = 0; passed < millis; passed += AudioFormat.FRAME_MILLIS) {
            advance();
            on(phone, () -> phone.frame(voice));
        }
    }

    private void advance() {
        nanos.addAndGet(AudioFormat.FRAME_MILLIS * 1_000_000L);
    }

    private static void settle(Phone phone, Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        phone.context.runOnContext(_ -> {
            try {
                action.run();
                done.complete(null);
            } catch (RuntimeException | AssertionError e) {
                done.completeExceptionally(e);
            }
        });
        done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
