package dev.tom.bridge.speech.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.Utterance;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ProviderSession;
import dev.tom.testkit.Speech;
import dev.tom.testkit.Wav;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conversations with a provider that speaks the real protocol. */
class RealtimeLinkIT {

    private final LinkRig rig =
            new LinkRig(ProviderOptions.standard(LinkRig.KEY).withSetupMillis(150));

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aTurnIsAnsweredWithAudioWordsAndUsage() {
        SpeechLink link = rig.ready();
        rig.say(link, Speech.CALLER_APPOINTMENT);
        SpeechEvent.AnswerDone done = rig.awaitEvent(SpeechEvent.AnswerDone.class);

        assertThat(rig.events(SpeechEvent.CallerSaid.class))
                .containsExactly(new SpeechEvent.CallerSaid(Speech.CALLER_APPOINTMENT.text()));
        assertThat(rig.events(SpeechEvent.SpeechHeard.class)).hasSize(1);
        assertThat(rig.events(SpeechEvent.AnswerStarted.class))
                .containsExactly(new SpeechEvent.AnswerStarted(done.answerId()));
        assertThat(String.join(
                        "",
                        rig.events(SpeechEvent.AnswerText.class).stream()
                                .map(SpeechEvent.AnswerText::text)
                                .toList()))
                .isEqualTo(Speech.ANSWER_CHOICE.text());
        assertThat(rig.heard()).hasSize(Speech.ANSWER_CHOICE.wav(8_000).samples().length);
        TokenUsage used = rig.events(SpeechEvent.Used.class).stream()
                .map(SpeechEvent.Used::usage)
                .reduce(TokenUsage.NONE, TokenUsage::plus);
        assertThat(used.audioOutput()).isEqualTo(Speech.ANSWER_CHOICE.wav(8_000).millis() / 50);
        assertThat(used.audioInput()).isGreaterThan(30);
        assertThat(session().errors()).isEmpty();
        assertThat(session().received("session.update").getFirst().encode())
                .contains("\"instructions\":\"Sei freundlich.\"", "\"language\":\"de\"", "\"silence_duration_ms\":300");
    }

    @Test
    void wordsBeforeTheSetUpAreNotLost() {
        SpeechLink link = rig.open(LinkRig.PATIENT);
        short[] words = Speech.CALLER_APPOINTMENT.wav(8_000).samples();
        rig.speak(link, Wav.mono(8_000, words));
        rig.awaitEvent(SpeechEvent.Ready.class);
        await().until(() -> session().audio().samples().length >= words.length / 160 * 160);

        assertThat(session().lostAudioBytes()).isZero();
        short[] understood = session().audio().samples();
        long difference = 0;
        for (int i = 0; i < understood.length; i++) {
            difference = Math.max(difference, Math.abs(understood[i] - words[i]));
        }
        assertThat(difference).as("mu-law steps, no shift").isLessThan(1_100);
    }

    @Test
    void anInterruptionStopsTheAnswerAndKeepsWhatWasHeard() {
        SpeechLink link = rig.ready();
        rig.say(link, Speech.CALLER_HOURS);
        String answer = rig.awaitEvent(SpeechEvent.AnswerAudio.class).answerId();
        await().until(() -> rig.heard().length >= 8 * 1_000);
        rig.on(link, it -> it.interrupt(answer, 640));
        int heard = rig.heard().length;
        rig.awaitEvent(SpeechEvent.AnswerDone.class);

        assertThat(rig.heard()).as("nothing of it came after the interruption").hasSize(heard);
        await().until(() -> !session().truncations().isEmpty());
        assertThat(session().truncations()).hasSize(1).first().satisfies(cut -> {
            assertThat(cut.audioEndMillis()).isEqualTo(640);
            assertThat(cut.sentMillis()).isGreaterThanOrEqualTo(1_000);
        });
        assertThat(session().responses().getFirst().status()).isEqualTo("cancelled");
        assertThat(session().errors()).isEmpty();
    }

    @Test
    void anAnswerNobodyHeardIsTakenBack() {
        SpeechLink link = rig.ready();
        rig.say(link, Speech.CALLER_HOURS);
        String answer = rig.awaitEvent(SpeechEvent.AnswerAudio.class).answerId();
        rig.on(link, it -> it.interrupt(answer, 0));

        await().until(() -> session().received("conversation.item.delete").size() == 1);
        rig.awaitEvent(SpeechEvent.AnswerDone.class);
        assertThat(session().truncations()).isEmpty();
        assertThat(session().errors()).isEmpty();
    }

    @Test
    void afterTheProviderHeardTheCallerItIsNotToldToCancel() {
        SpeechLink link = rig.ready();
        rig.say(link, Speech.CALLER_HOURS);
        String answer = rig.awaitEvent(SpeechEvent.AnswerAudio.class).answerId();
        rig.say(link, Speech.CALLER_INTERRUPT);
        await().until(() -> rig.events(SpeechEvent.SpeechHeard.class).size() == 2);
        rig.on(link, it -> it.interrupt(answer, 100));
        await().until(() -> !session().truncations().isEmpty());

        assertThat(session().received("response.cancel")).isEmpty();
        await().until(() -> rig.events(SpeechEvent.AnswerStarted.class).size() == 2);
        assertThat(session().errors()).isEmpty();
    }

    @Test
    void aConversationGoesOnFromItsHistory() {
        List<Utterance> history =
                List.of(Utterance.caller("Ich brauche einen Termin."), Utterance.assistant("Am Montag habe ich", true));
        SpeechLink link = rig.open(rig.provider.url(), LinkRig.KEY, LinkRig.PATIENT, AudioFormat.NARROWBAND, history);
        rig.on(link, SpeechLink::answerNow);
        rig.awaitEvent(SpeechEvent.AnswerAudio.class);

        List<String> roles = session().received("conversation.item.create").stream()
                .map(event -> event.getJsonObject("item").getString("role"))
                .toList();
        assertThat(roles).containsExactly("user", "assistant", "system");
        JsonObject cut = session().received("conversation.item.create").get(1);
        assertThat(cut.encode()).contains("Am Montag habe ich …", "output_text");
        assertThat(session().received("response.create")).hasSize(1);
        assertThat(session().errors()).isEmpty();
    }

    @Test
    void aWideLegSpeaksPcmAndIsUnderstood() {
        SpeechLink link = rig.open(rig.provider.url(), LinkRig.KEY, LinkRig.PATIENT, AudioFormat.WIDEBAND, List.of());
        rig.awaitEvent(SpeechEvent.Ready.class);
        rig.speak(link, Speech.CALLER_HOURS.wav(16_000).then(Wav.silence(16_000, 400)));
        rig.awaitEvent(SpeechEvent.AnswerDone.class);

        assertThat(session().audio().rate()).isEqualTo(24_000);
        assertThat(session().audio().millis()).isBetween(2_280L, 2_330L);
        assertThat(rig.heard().length / 16L)
                .isBetween(
                        Speech.ANSWER_CHOICE.wav(16_000).millis() - 10,
                        Speech.ANSWER_CHOICE.wav(16_000).millis());
        assertThat(session().errors()).isEmpty();
    }

    @Test
    void closingSaysGoodByeAndNoEventFollows() {
        SpeechLink link = rig.ready();
        rig.on(link, SpeechLink::close);
        int events = rig.events().size();

        await().until(() -> session().closedAt().isPresent());
        assertThat(session().ended()).isEqualTo(ProviderSession.Ended.BY_CLIENT);
        assertThat(session().closeCode()).contains(1_000);
        await().until(() -> rig.guard.snapshot().sockets() == 0);
        assertThat(rig.events()).hasSize(events);
        rig.on(link, SpeechLink::close);
        rig.on(link, it -> it.audio(new short[160]));
    }

    @Test
    void closingEndsTheSocketAlsoWhenTheFarSideDoesNotAnswer() {
        SpeechLink link = rig.ready();
        session().strike(new dev.tom.testkit.Fault.Blackhole());
        rig.on(link, it -> {});
        Instant before = Instant.now();
        rig.on(link, SpeechLink::close);

        await().until(() -> rig.guard.snapshot().sockets() == 0);
        assertThat(Duration.between(
                        before, rig.guard.snapshot().lastSocketClosedAt().orElseThrow()))
                .isLessThan(Duration.ofMillis(250));
    }

    @Test
    void closingWhileConnectingEndsTheConnection() {
        rig.provider.arm(new dev.tom.testkit.Fault.HangUpgrade());
        SpeechLink link = rig.open(LinkRig.PATIENT);
        await().until(() -> rig.provider.openSockets() == 1);
        Instant before = Instant.now();
        rig.on(link, SpeechLink::close);

        await().until(() ->
                rig.provider.openSockets() == 0 && rig.guard.snapshot().sockets() == 0);
        assertThat(Duration.between(
                        before, rig.guard.snapshot().lastSocketClosedAt().orElseThrow()))
                .isLessThan(Duration.ofMillis(500));
        assertThat(rig.events()).isEmpty();
    }

    private ProviderSession session() {
        await().until(() -> rig.provider.latest().isPresent());
        return rig.provider.latest().orElseThrow();
    }
}
