package dev.tom.bridge.speech.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.testkit.Fault;
import dev.tom.testkit.Speech;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a provider can do wrong ends in one event with one sentence and in a socket that is gone. */
class RealtimeFaultsIT {

    private final LinkRig rig = LinkRig.standard();

    @AfterEach
    void stop() {
        rig.close();
    }

    static Stream<Arguments> atTheUpgrade() {
        return Stream.of(
                Arguments.of(new Fault.RefuseUpgrade(401), FailureReason.UNAUTHORIZED, "HTTP 401"),
                Arguments.of(new Fault.RefuseUpgrade(403), FailureReason.UNAUTHORIZED, "HTTP 403"),
                Arguments.of(new Fault.RefuseUpgrade(429), FailureReason.RATE_LIMITED, "HTTP 429"),
                Arguments.of(new Fault.RefuseUpgrade(503), FailureReason.REFUSED, "HTTP 503"),
                Arguments.of(new Fault.HangUpgrade(), FailureReason.TIMEOUT, "within 500 ms"),
                Arguments.of(Fault.AcceptThenClose.invalidKey(), FailureReason.UNAUTHORIZED, "3000"),
                Arguments.of(new Fault.AcceptThenClose(1008, ""), FailureReason.REFUSED, "1008"),
                Arguments.of(new Fault.Reset(), FailureReason.REFUSED, "1006"),
                Arguments.of(new Fault.Mute(), FailureReason.TIMEOUT, "did not confirm"),
                Arguments.of(new Fault.Blackhole(), FailureReason.TIMEOUT, "did not confirm"));
    }

    @ParameterizedTest
    @MethodSource("atTheUpgrade")
    void aRefusal(Fault fault, FailureReason reason, String sentence) {
        rig.provider.arm(fault);
        int connectMillis = fault instanceof Fault.HangUpgrade ? 500 : 10_000;
        int setUpMillis = fault instanceof Fault.Mute || fault instanceof Fault.Blackhole ? 500 : 10_000;
        rig.open(new LinkTimings(connectMillis, setUpMillis, 15_000, 60, 10_000));

        fails(reason, sentence);
        assertThat(rig.events()).hasSize(1);
    }

    static Stream<Arguments> inTheConversation() {
        return Stream.of(
                Arguments.of(new Fault.Close(1001, "bye"), FailureReason.SESSION_EXPIRED, "1001 bye"),
                Arguments.of(new Fault.Close(1011, ""), FailureReason.SOCKET_CLOSED, "1011"),
                Arguments.of(new Fault.Close(4000, ""), FailureReason.SOCKET_CLOSED, "4000"),
                Arguments.of(new Fault.Reset(), FailureReason.SOCKET_CLOSED, "1006"),
                Arguments.of(new Fault.SessionExpired(), FailureReason.SESSION_EXPIRED, "session_expired"),
                Arguments.of(new Fault.HugeFrame(2 << 20), FailureReason.PROTOCOL, "more than 1048576 bytes"),
                Arguments.of(new Fault.Blackhole(), FailureReason.STALLED, "ping"),
                Arguments.of(
                        new Fault.ErrorEvent("invalid_request_error", "insufficient_quota", "pay"),
                        FailureReason.NO_CREDIT,
                        "insufficient_quota"));
    }

    @ParameterizedTest
    @MethodSource("inTheConversation")
    void anEndInTheMiddleOfAnAnswer(Fault fault, FailureReason reason, String sentence) {
        SpeechLink link = grownUp(fault);
        rig.provider.latest().orElseThrow().strike(new Fault.DuringAnswer(600, fault));
        rig.say(link, Speech.CALLER_HOURS);

        fails(reason, sentence);
        assertThat(rig.heard().length).isBetween(8 * 600, 8 * 8_000);
    }

    @ParameterizedTest
    @MethodSource("inTheConversation")
    void anEndWhileTheCallerSpeaks(Fault fault, FailureReason reason, String sentence) {
        SpeechLink link = grownUp(fault);
        rig.provider.latest().orElseThrow().strike(new Fault.DuringSpeech(500, fault));
        rig.say(link, Speech.CALLER_HOURS);

        fails(reason, sentence);
    }

    @Test
    void garbageIsReportedAndTooMuchOfItEndsTheSession() {
        rig.ready();
        rig.provider.strike(new Fault.Garbage());
        rig.provider.strike(new Fault.HalfJson());
        rig.provider.strike(new Fault.Garbage());
        await().until(() -> rig.events(SpeechEvent.Troubled.class).size() == 3);
        assertThat(rig.events(SpeechEvent.Troubled.class).getFirst())
                .isEqualTo(new SpeechEvent.Troubled(
                        FailureReason.PROTOCOL, "The provider sent a message that is no valid JSON."));

        rig.provider.strike(new Fault.Garbage());
        fails(FailureReason.PROTOCOL, "no valid JSON");
    }

    @Test
    void anErrorThatLeavesTheSessionOpenIsCounted() {
        SpeechLink link = rig.ready();
        rig.provider.strike(new Fault.ErrorEvent("server_error", "", "oops"));
        assertThat(rig.awaitEvent(SpeechEvent.Troubled.class).reason()).isEqualTo(FailureReason.BACKEND_ERROR);

        rig.say(link, Speech.CALLER_HOURS);
        rig.awaitEvent(SpeechEvent.AnswerAudio.class);
    }

    @Test
    void aResponseThatFailsIsCountedAndHasNoAnswer() {
        SpeechLink link = rig.ready();
        rig.provider.strike(new Fault.FailResponses("inference_rate_limit_exceeded"));
        rig.say(link, Speech.CALLER_HOURS);

        assertThat(rig.awaitEvent(SpeechEvent.Troubled.class).reason()).isEqualTo(FailureReason.RATE_LIMITED);
        assertThat(rig.events(SpeechEvent.AnswerStarted.class)).isEmpty();
        assertThat(rig.events(SpeechEvent.AnswerDone.class)).isEmpty();
    }

    @Test
    void aWrongKeyIsSaidWithoutTheKey() {
        rig.open(rig.provider.url(), "sk-wrong-secret", LinkRig.PATIENT, AudioFormat.NARROWBAND, List.of());

        SpeechEvent.Failed failed = fails(FailureReason.UNAUTHORIZED, "REALTIME_API_KEY");
        assertThat(failed.detail()).doesNotContain("sk-wrong");
    }

    @Test
    void nobodyThere() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        rig.open(
                URI.create("ws://127.0.0.1:" + port + "/v1/realtime"),
                LinkRig.KEY,
                LinkRig.PATIENT,
                AudioFormat.NARROWBAND,
                List.of());

        fails(FailureReason.UNREACHABLE, "cannot be reached");
    }

    @Test
    void anUnknownName() {
        rig.open(
                URI.create("ws://no-such-host.invalid/v1/realtime"),
                LinkRig.KEY,
                LinkRig.PATIENT,
                AudioFormat.NARROWBAND,
                List.of());

        fails(FailureReason.UNREACHABLE, "does not resolve");
    }

    /** A session that is too old for its end to be a refusal. */
    private SpeechLink grownUp(Fault fault) {
        int pingMillis = fault instanceof Fault.Blackhole ? 1_000 : 15_000;
        SpeechLink link = rig.open(new LinkTimings(10_000, 10_000, pingMillis, 60, 0));
        rig.awaitEvent(SpeechEvent.Ready.class);
        return link;
    }

    private SpeechEvent.Failed fails(FailureReason reason, String sentence) {
        SpeechEvent.Failed failed = rig.awaitEvent(SpeechEvent.Failed.class);
        assertThat(failed.reason()).isEqualTo(reason);
        assertThat(failed.detail()).contains(sentence).endsWith(".");
        await().until(() -> rig.guard.snapshot().sockets() == 0);
        assertThat(rig.events()).last().isEqualTo(failed);
        return failed;
    }
}
