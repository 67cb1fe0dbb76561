package dev.tom.bridge.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.call.failover.FallbackSettings;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.telephony.TelephonyLimits;
import dev.tom.bridge.telephony.TelephonyObserver;
import dev.tom.bridge.telephony.TelephonyServer;
import dev.tom.bridge.telephony.TelephonySettings;
import dev.tom.bridge.telephony.access.Auth;
import dev.tom.testkit.AsteriskCaller;
import dev.tom.testkit.AsteriskCaller.Channel;
import dev.tom.testkit.CallRecord;
import dev.tom.testkit.CallerOptions;
import dev.tom.testkit.ForkCaller;
import dev.tom.testkit.PacedCaller;
import dev.tom.testkit.Speech;
import dev.tom.testkit.Spoken;
import dev.tom.testkit.TwilioCaller;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole calls in every dialect, in real time, between a caller's socket and a scripted backend. */
class DialectCallsIT {

    /** What was heard when a clear was sent may sound for so long: a tick of each side. */
    private static final Duration GRACE = Duration.ofMillis(100);

    /** The bridge may hear a word before it is loud enough to count as its onset. */
    private static final Duration SOFT_BEGINNING = Duration.ofMillis(200);

    private final Vertx vertx = Vertx.vertx();
    private final RecordingObserver observer = new RecordingObserver();
    private final ScriptedBackend backend = new ScriptedBackend(vertx, BackendKind.PROVIDER);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void twilio() throws Exception {
        backend.answering(8_000);
        TwilioCaller caller =
                TwilioCaller.dial(vertx, url("/v1/twilio"), "CA42", Map.of()).get(10, SECONDS);
        tellACall(caller, "clear");
        caller.dtmf('5');
        PacedCaller.Closed closed = caller.hangUp().get(5, SECONDS);

        assertThat(closed.code()).isEqualTo(1000);
        assertThat(caller.record().texts("misaddressed")).isEmpty();
        assertThat(caller.record().texts("binary")).isEmpty();
        await().until(() -> observer.log.contains("ended CA42 completed"));
    }

    @ParameterizedTest
    @CsvSource({"ulaw,true", "alaw,false", "slin,true", "slin16,false"})
    void asterisk(String format, boolean json) throws Exception {
        backend.answering(8_000);
        AsteriskCaller caller = AsteriskCaller.dial(
                        vertx, url("/v1/asterisk?callId=a1&answer=yes"), Channel.of(format, json))
                .get(10, SECONDS);
        tellACall(caller, "FLUSH_MEDIA");
        caller.dtmf('5');
        caller.hangUp().get(5, SECONDS);

        assertThat(caller.answered()).isTrue();
        assertThat(caller.droppedFrames()).isZero();
        assertThat(caller.xoffs()).isZero();
        assertThat(caller.record().texts("TOO_LONG")).isEmpty();
        await().until(() -> observer.log.contains("ended a1 completed"));
    }

    @Test
    void asteriskSaysWaitAndNoFrameIsLost() throws Exception {
        backend.answering(5_000);
        AsteriskCaller caller = AsteriskCaller.dial(vertx, url("/v1/asterisk"), new Channel("ulaw", true, 5, 3, 50))
                .get(10, SECONDS);
        Spoken asked = caller.say(Speech.CALLER_HOURS).get(10, SECONDS);
        caller.heardAfter(asked.endAt()).get(10, SECONDS);
        // Without flow control 125 frames would come meanwhile: far more than there is room for, and than a late XOFF
        // lets through.
        caller.pause(true);
        caller.silentFor(Duration.ofMillis(2_500)).get(10, SECONDS);
        caller.pause(false);
        caller.silentFor(Duration.ofSeconds(1)).get(15, SECONDS);

        assertThat(caller.xoffs()).isPositive();
        assertThat(caller.droppedFrames()).isZero();
        assertThat(caller.record().audibleFrom(asked.endAt())).isEqualTo(Duration.ofSeconds(5));
        assertThat(caller.record().texts("MARK_MEDIA")).hasSize(1);
        caller.hangUp().get(5, SECONDS);
    }

    @Test
    void aBargeInReachesAQueueThatWasFull() throws Exception {
        backend.answering(6_000);
        AsteriskCaller caller = AsteriskCaller.dial(vertx, url("/v1/asterisk"), new Channel("slin", false, 5, 3, 50))
                .get(10, SECONDS);
        Spoken asked = caller.say(Speech.CALLER_HOURS).get(10, SECONDS);
        caller.heardAfter(asked.endAt()).get(10, SECONDS);
        caller.pause(true);
        caller.silentFor(Duration.ofMillis(600)).get(10, SECONDS);
        Spoken interruption = caller.say(Speech.CALLER_INTERRUPT).get(10, SECONDS);
        caller.pause(false);
        caller.heardAfter(interruption.endAt()).get(10, SECONDS);

        assertThat(caller.xoffs()).isPositive();
        Instant cleared = caller.record()
                .lastTextBetween("FLUSH_MEDIA", interruption.onsetAt().minus(SOFT_BEGINNING), interruption.endAt())
                .orElseThrow();
        assertThat(caller.record().lastHeardBetween(cleared.plus(GRACE), interruption.endAt()))
                .isEmpty();
        caller.hangUp().get(5, SECONDS);
    }

    @Test
    void audioStreamWithFiles() throws Exception {
        backend.answering(2_000);
        ForkCaller caller = ForkCaller.dial(
                        vertx, CallerOptions.of(url("/v1/stream"), "s1", 8_000, CallerOptions.Playback.FILE))
                .get(10, SECONDS);
        Spoken asked = caller.say(Speech.CALLER_HOURS).get(10, SECONDS);
        caller.heardAfter(asked.endAt()).get(10, SECONDS);
        caller.silentFor(Duration.ofMillis(800)).get(15, SECONDS);

        assertThat(caller.record().texts("streamAudio")).hasSize(7);
        assertThat(caller.record().audibleFrom(asked.endAt())).isEqualTo(Duration.ofSeconds(2));
        caller.hangUp().get(5, SECONDS);
        await().until(() -> observer.log.contains("ended s1 completed"));
    }

    /** A question and its answer, an interruption and its answer. */
    private static void tellACall(PacedCaller caller, String clear) throws Exception {
        CallRecord record = caller.record();
        Spoken asked = caller.say(Speech.CALLER_HOURS).get(10, SECONDS);
        Instant heard = caller.heardAfter(asked.endAt()).get(10, SECONDS);
        await().until(() -> record.audibleFrom(heard).toMillis() >= 1_000);
        assertThat(record.texts(clear)).isEmpty();

        Spoken interruption = caller.say(Speech.CALLER_INTERRUPT).get(10, SECONDS);
        caller.heardAfter(interruption.endAt()).get(10, SECONDS);
        // The first clear may be a pause after which the answer goes on; the last one is the cut.
        Instant cleared = record.lastTextBetween(
                        clear, interruption.onsetAt().minus(SOFT_BEGINNING), interruption.endAt())
                .orElseThrow();
        assertThat(record.lastHeardBetween(cleared.plus(GRACE), interruption.endAt()))
                .as("old audio after the clear")
                .isEmpty();
    }

    private URI url(String target) throws Exception {
        EgressPermit permit = new EgressPermit() {
            @Override
            public boolean open() {
                return true;
            }

            @Override
            public boolean openForNewSessions() {
                return true;
            }
        };
        ScriptedBackend other = new ScriptedBackend(vertx, BackendKind.LOCAL);
        CallDesk desk = new CallDesk(
                vertx,
                new DeskSettings(BackendKind.PROVIDER, FallbackSettings.DEFAULT, 10),
                new CallDesk.Backends(backend, other, other),
                permit,
                observer,
                InstantSource.system());
        CompletableFuture<Integer> port = new TelephonyServer(
                        vertx,
                        new TelephonySettings("127.0.0.1", 0, new Auth.None(), ""),
                        TelephonyLimits.DEFAULT,
                        desk,
                        TelephonyObserver.NONE,
                        InstantSource.system())
                .start(1)
                .toCompletionStage()
                .toCompletableFuture();
        return URI.create("ws://127.0.0.1:" + port.get(5, SECONDS) + target);
    }
}
