package dev.tom.bridge.speech.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.bridge.speech.TranscriptionUsage;
import dev.tom.testkit.Fault;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ProviderSession;
import dev.tom.testkit.Speech;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of every tuning with a provider that refuses what is not in the GA shape, and with one that takes linear audio only. */
class RealtimeShapesIT {

    private final LinkRig rig =
            new LinkRig(ProviderOptions.standard(LinkRig.KEY).withSetupMillis(150));

    @AfterEach
    void stop() {
        rig.close();
    }

    static Stream<SessionTuning> tunings() {
        SessionTuning usual = SessionTuning.DEFAULT;
        return Stream.of(
                usual,
                new SessionTuning(
                        new TurnDetection.SemanticVad("low"), "", "near_field", OptionalInt.of(4_096), 0.25, 60),
                new SessionTuning(
                        new TurnDetection.ServerVad(2_000, 0.9),
                        "gpt-realtime-whisper",
                        "far_field",
                        OptionalInt.of(1),
                        1.5,
                        86_400));
    }

    @ParameterizedTest
    @MethodSource("tunings")
    void everyTuningIsInTheShape(SessionTuning tuning) {
        rig.open(rig.backend(tuning), AudioFormat.NARROWBAND, List.of());
        rig.awaitEvent(SpeechEvent.Lasting.class);

        assertThat(session().errors()).isEmpty();
        assertThat(session().received("session.update")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerWithoutTelephoneAudioIsAskedAgainAndNoWordIsLost(boolean silently) {
        rig.provider.arm(new Fault.LinearOnly(silently));
        RealtimeBackend backend = rig.backend(SessionTuning.DEFAULT);
        SpeechLink link = rig.open(backend, AudioFormat.NARROWBAND, List.of());
        rig.say(link, Speech.CALLER_APPOINTMENT);
        rig.awaitEvent(SpeechEvent.AnswerDone.class);

        assertThat(session().received("session.update")).hasSize(2);
        assertThat(session().audio().rate()).isEqualTo(24_000);
        assertThat(session().audio().millis())
                .isBetween(
                        Speech.CALLER_APPOINTMENT.wav(8_000).millis() + 380,
                        Speech.CALLER_APPOINTMENT.wav(8_000).millis() + 410);
        assertThat(rig.heard().length / 8L)
                .isBetween(
                        Speech.ANSWER_CHOICE.wav(8_000).millis() - 10,
                        Speech.ANSWER_CHOICE.wav(8_000).millis());

        rig.open(backend, AudioFormat.NARROWBAND, List.of());
        await().until(() -> rig.events(SpeechEvent.Ready.class).size() == 2);
        assertThat(session().received("session.update")).as("the pod remembers").hasSize(1);
    }

    @Test
    void nothingOfAnAnswerThatWasCutFollowsEvenWhenTheProviderSendsIt() {
        rig.provider.arm(new Fault.LateDeltas());
        SpeechLink link = rig.ready();
        rig.say(link, Speech.CALLER_HOURS);
        String answer = rig.awaitEvent(SpeechEvent.AnswerAudio.class).answerId();
        rig.on(link, it -> it.interrupt(answer, 100));
        int heard = rig.heard().length;
        rig.say(link, Speech.CALLER_ADDRESS);
        await().until(() -> rig.events(SpeechEvent.AnswerStarted.class).size() == 2);

        assertThat(rig.events(SpeechEvent.AnswerAudio.class).stream()
                        .filter(audio -> audio.answerId().equals(answer))
                        .mapToInt(SpeechEvent.AnswerAudio::length)
                        .sum())
                .isEqualTo(heard);
        assertThat(session().errors()).isEmpty();
    }

    @Test
    void whatTheProviderChargesAndRationsIsTold() {
        SpeechLink link = rig.ready();
        rig.say(link, Speech.CALLER_APPOINTMENT);
        rig.awaitEvent(SpeechEvent.AnswerDone.class);

        TranscriptionUsage transcription = rig.events(SpeechEvent.Used.class).stream()
                .map(used -> used.usage().transcription())
                .reduce(TranscriptionUsage.NONE, TranscriptionUsage::plus);
        long tokens = Speech.CALLER_APPOINTMENT.text().length() / 4;
        assertThat(transcription).isEqualTo(new TranscriptionUsage("gpt-4o-mini-transcribe", 2 * tokens, tokens, 0));
        assertThat(rig.awaitEvent(SpeechEvent.Allowance.class)).isEqualTo(new SpeechEvent.Allowance("requests", 0.999));
        SpeechEvent.Lasting lasting = rig.awaitEvent(SpeechEvent.Lasting.class);
        assertThat(lasting.endMillis()).isBetween(3_500_000L, 3_600_000L);
        assertThat(lasting.renewMillis()).isBetween(3_200_000L, 3_300_000L);
    }

    private ProviderSession session() {
        await().until(() -> rig.provider.latest().isPresent());
        return rig.provider.latest().orElseThrow();
    }
}
