package dev.tom.bridge.speech.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechEvent.AnswerDone;
import dev.tom.bridge.speech.SpeechEvent.AnswerStarted;
import dev.tom.bridge.speech.SpeechEvent.CallerSaid;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.bridge.speech.Utterance;
import dev.tom.bridge.worker.SpeechModels;
import dev.tom.bridge.worker.WorkerProcess;
import dev.tom.testkit.ScriptedLlm;
import dev.tom.testkit.Speech;
import dev.tom.testkit.Wav;
import dev.tom.testkit.WordError;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The local pipeline on a real speech worker and a scripted language model behind the real protocol. */
class LocalLinkIT {

    private static final AudioFormat PHONE = AudioFormat.NARROWBAND;
    private static final Speech QUESTION = Speech.CALLER_HOURS;

    private static WorkerProcess worker;

    private final Vertx vertx = Vertx.vertx();
    private ScriptedLlm llm;

    @BeforeAll
    static void startWorker() {
        worker = WorkerProcess.start();
    }

    @AfterAll
    static void stopWorker() {
        if (worker != null) {
            worker.close();
        }
    }

    @BeforeEach
    void startLlm() {
        llm = ScriptedLlm.start(vertx, 0);
    }

    @AfterEach
    void close() {
        llm.close();
        vertx.close();
    }

    private LocalBackend backend(URI workerUrl, Optional<URI> llmUrl) {
        return new LocalBackend(
                vertx, new LocalSettings(workerUrl, llmUrl, "scripted", "de-DE-thorsten-high", "de", "Sei kurz."));
    }

    private LocalCall call(Utterance... history) {
        return new LocalCall(vertx, backend(worker.url(), Optional.of(llm.url())), PHONE, history);
    }

    @ParameterizedTest
    @EnumSource(AudioFormat.class)
    void hearsAsksTheModelAndSpeaksItsAnswer(AudioFormat format) {
        llm.script("Guten Tag, wir haben bis achtzehn Uhr geöffnet. Passt Ihnen das?");
        LocalCall call = new LocalCall(vertx, backend(worker.url(), Optional.of(llm.url())), format);
        call.say(QUESTION.wav(format.sampleRate()));
        String id = call.await(1, AnswerDone.class).answerId();

        String heard = call.await(1, CallerSaid.class).text();
        assertThat(WordError.rate(QUESTION.text(), heard)).as(heard).isLessThanOrEqualTo(0.4);
        assertThat(call.answerText(id)).isEqualTo("Guten Tag, wir haben bis achtzehn Uhr geöffnet. Passt Ihnen das?");
        assertThat(call.answerMillis(id)).isBetween(2_000L, 12_000L);
        assertThat(call.events().getFirst()).isEqualTo(new SpeechEvent.Ready());
        assertThat(call.all(AnswerStarted.class)).containsExactly(new AnswerStarted(id));
        assertThat(call.events().indexOf(new AnswerStarted(id)))
                .isGreaterThan(call.events().indexOf(new CallerSaid(heard)));
        assertThat(call.all(SpeechEvent.Worked.class))
                .extracting(SpeechEvent.Worked::engine)
                .contains(SpeechEvent.Engine.STT, SpeechEvent.Engine.LLM, SpeechEvent.Engine.TTS);

        JsonArray messages = llm.conversations().getFirst();
        assertThat(messages.getJsonObject(0).getString("content")).isEqualTo("Sei kurz.");
        assertThat(messages.getJsonObject(1).getString("content")).isEqualTo(heard);
    }

    @Test
    void theFirstClauseIsSpokenWhileTheModelStillWrites() {
        llm.pace(50, 400);
        llm.script("Sehr gerne, ich schaue nach und sage Ihnen dann alles ganz genau.");
        LocalCall call = call(Utterance.caller("Hallo?"));
        call.run(SpeechLink::answerNow);
        call.await(1, SpeechEvent.AnswerAudio.class);
        assertThat(call.all(SpeechEvent.Worked.class)).noneMatch(worked -> worked.engine() == SpeechEvent.Engine.LLM);
        call.await(1, AnswerDone.class);
    }

    @Test
    void answersTheLastWordsOfAConversationThatBeganElsewhere() {
        llm.script("Um zehn Uhr ist frei.");
        LocalCall call = call(
                Utterance.caller("Guten Tag."),
                Utterance.assistant("Was kann ich", true),
                Utterance.caller("Einen Termin bitte."));
        call.run(SpeechLink::answerNow);
        call.await(1, AnswerDone.class);
        assertThat(llm.conversations().getFirst())
                .extracting(message -> ((io.vertx.core.json.JsonObject) message).getString("content"))
                .containsExactly("Sei kurz.", "Guten Tag.", "Was kann ich …", "Einen Termin bitte.");
    }

    @Test
    void asksToRepeatWhenThereIsNothingToAnswer() {
        LocalCall call = call();
        call.run(SpeechLink::answerNow);
        String id = call.await(1, AnswerDone.class).answerId();
        assertThat(call.answerText(id)).isEqualTo(Phrases.PLEASE_REPEAT);
        assertThat(llm.conversations()).isEmpty();
    }

    @Test
    void saysThatItDidNotUnderstandWhenThereWereNoWords() {
        LocalCall call = call();
        call.say(Wav.silence(8_000, 1_500));
        String id = call.await(1, AnswerDone.class).answerId();
        assertThat(call.all(CallerSaid.class)).containsExactly(new CallerSaid(""));
        assertThat(call.answerText(id)).isEqualTo(Phrases.NOT_UNDERSTOOD);
    }

    @Test
    void saysThatItCannotHelpWithoutALanguageModelAndWhenItFails() {
        LocalCall without = new LocalCall(vertx, backend(worker.url(), Optional.empty()), PHONE);
        without.say(Speech.CALLER_APPOINTMENT.wav(8_000));
        assertThat(without.answerText(without.await(1, AnswerDone.class).answerId()))
                .isEqualTo(Phrases.CANNOT_HELP);

        llm.failWith(500);
        LocalCall failing = call();
        failing.say(Speech.CALLER_STILL_THERE.wav(8_000));
        assertThat(failing.answerText(failing.await(1, AnswerDone.class).answerId()))
                .isEqualTo(Phrases.STILL_HERE + Phrases.CANNOT_HELP);
        assertThat(failing.all(SpeechEvent.Failed.class)).isEmpty();
    }

    @Test
    void anInterruptedAnswerStopsAndOnlyItsHeardWordsAreRemembered() {
        llm.pace(50, 300);
        llm.script(
                "Guten Tag, ich erzähle Ihnen jetzt sehr viel. Und dann noch viel mehr. Und danach noch mehr.", "Gut.");
        LocalCall call = call();
        call.say(QUESTION.wav(8_000));
        String id = call.await(1, AnswerStarted.class).answerId();
        call.await(1, SpeechEvent.AnswerAudio.class);
        call.run(link -> {
            link.interrupt(id, 60_000);
            link.turnStarted();
        });
        assertThat(call.await(1, AnswerDone.class).answerId()).isEqualTo(id);
        int audioThen = call.all(SpeechEvent.AnswerAudio.class).size();

        call.say(Speech.CALLER_INTERRUPT.wav(8_000));
        call.await(2, AnswerDone.class);
        assertThat(call.all(SpeechEvent.AnswerAudio.class).stream()
                        .filter(audio -> audio.answerId().equals(id)))
                .hasSize(audioThen);
        JsonArray second = llm.conversations().get(1);
        assertThat(second.getJsonObject(2).getString("content"))
                .startsWith("Guten Tag,")
                .endsWith(" …")
                .doesNotContain("danach");
    }

    @Test
    void whoGoesOnSpeakingIsAnsweredOnce() {
        llm.script("Gerne.");
        LocalCall call = call();
        Wav whole = Speech.CALLER_STILL_THERE.wav(8_000);
        call.say(whole.cut(0, 1_700));
        call.say(whole.cut(1_700, whole.millis()));
        call.await(1, AnswerDone.class);
        String heard = call.all(CallerSaid.class).getLast().text();
        assertThat(call.all(CallerSaid.class)).hasSize(1);
        assertThat(WordError.rate(Speech.CALLER_STILL_THERE.text(), heard))
                .as(heard)
                .isLessThanOrEqualTo(0.4);
        assertThat(llm.conversations()).hasSize(1);
    }

    @Test
    void nothingComesAfterClose() {
        llm.script("Guten Tag, das hört niemand mehr.");
        LocalCall call = call();
        call.say(QUESTION.wav(8_000));
        call.await(1, AnswerStarted.class);
        call.run(SpeechLink::close);
        int then = call.events().size();
        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(2))
                .until(() -> call.events().size() == then);
    }

    @Test
    void aWorkerKilledInTheConversationIsBackBeforeTheCallerNotices() throws Exception {
        llm.script("Das ist die erste Antwort.", "Das ist die zweite Antwort.");
        WorkerProcess mortal = WorkerProcess.start();
        LocalCall call = new LocalCall(vertx, backend(mortal.url(), Optional.of(llm.url())), PHONE);
        call.say(QUESTION.wav(8_000));
        call.await(1, AnswerDone.class);

        mortal.kill();
        WorkerProcess next = WorkerProcess.launch(SpeechModels.folder(), mortal.port());
        try {
            call.begin(Speech.CALLER_ADDRESS.wav(8_000));
            next.awaitReady();
            call.run(SpeechLink::turnEnded);
            String id = call.await(2, AnswerDone.class).answerId();
            assertThat(call.answerText(id)).isEqualTo("Das ist die zweite Antwort.");

            // And once more, while a recognition is at work.
            call.say(Speech.CALLER_APPOINTMENT.wav(8_000));
            next.kill();
            try (WorkerProcess last = WorkerProcess.launch(SpeechModels.folder(), mortal.port())) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> call.all(CallerSaid.class).size() == 3
                                || !call.all(SpeechEvent.Failed.class).isEmpty());
                assertThat(last.alive()).isTrue();
            }
        } finally {
            next.close();
        }
    }

    @Test
    void withoutAWorkerTheConversationFailsWithAReason() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:" + WorkerProcess.freePort());
        LocalCall call = new LocalCall(vertx, backend(nobody, Optional.empty()), PHONE);
        call.say(QUESTION.wav(8_000));
        SpeechEvent.Failed failed = call.await(1, SpeechEvent.Failed.class);
        assertThat(failed.reason()).isEqualTo(FailureReason.UNREACHABLE);
        assertThat(failed.detail()).startsWith("the speech worker cannot be reached at " + nobody);
        assertThat(call.events()).containsExactly(failed);
    }

    @Test
    void warmingUpWaitsForTheWorkerAndFetchesTheFillers() throws Exception {
        try (WorkerProcess starting = WorkerProcess.launch(SpeechModels.folder(), WorkerProcess.freePort())) {
            LocalBackend backend = backend(starting.url(), Optional.empty());
            assertThat(backend.filler(PHONE)).isEmpty();
            backend.warmUp().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
            for (AudioFormat format : AudioFormat.values()) {
                assertThat(format.millisOf(backend.filler(format).orElseThrow().length))
                        .isBetween(500L, 3_000L);
            }
        }
    }
}
