package dev.tom.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.Utterance;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One call on a real event loop, with scripted backends and a clock that the test moves. */
class CallSessionIT {

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aQuestionIsAnsweredAndAccountedOnce() {
        Phone phone = rig.call("c1");
        ScriptedBackend.Link link = rig.provider.last();
        rig.isSilent(phone, 400);
        rig.speaks(phone, 1_000);
        rig.isSilent(phone, 400);
        link.says(new SpeechEvent.Used(new TokenUsage(1, 2, 0, 0, 3, 4)));
        link.answers("a", 5, 1_000, true);
        rig.isSilent(phone, 1_500);
        link.says(new SpeechEvent.Used(new TokenUsage(10, 20, 0, 0, 30, 40)));
        rig.settle(phone);
        rig.on(phone, phone::hangsUp);

        assertThat(link.heard).isEqualTo(numbers(1, phone.sent()));
        assertThat(phone.heard()).hasSize(50).containsOnly(5);
        assertThat(phone.got.getLast().what()).isEqualTo("end");
        assertThat(rig.observer.log)
                .containsExactly("started c1", "turn provider 390", "segment c1 provider hangup", "ended c1 completed");
        CallSegment segment = rig.observer.segments.getFirst();
        assertThat(segment.usage()).isEqualTo(new TokenUsage(11, 22, 0, 0, 33, 44));
        assertThat(segment.callerHash()).isEqualTo("hash");
        assertThat(segment.end()).isEqualTo(segment.start().plusMillis(3_300));
        assertThat(link.told).endsWith("close").doesNotContain("AFTER CLOSE: audio");
        assertThat(rig.desk.snapshot().activeCalls()).isZero();
    }

    @Test
    void aBargeInStopsTheAnswerAtItsFirstFrameAndNothingOfItFollows() {
        Phone phone = rig.call("c1");
        ScriptedBackend.Link link = rig.provider.last();
        rig.isSilent(phone, 200);
        rig.speaks(phone, 600);
        rig.isSilent(phone, 400);
        link.answers("a", 5, 4_000, false);
        rig.isSilent(phone, 1_000);
        int before = phone.heard().size();
        rig.speaks(phone, 40);
        int atOnset = phone.heard().size();
        link.audioOf("a", 5, 1_000);
        rig.speaks(phone, 600);

        assertThat(before).isEqualTo(50 + 8);
        assertThat(atOnset).isLessThanOrEqualTo(before + 1);
        assertThat(phone.heard()).hasSize(atOnset);
        assertThat(phone.got.subList(phone.got.size() - 5, phone.got.size()))
                .extracting(Phone.Got::what)
                .containsExactly("0", "0", "0", "0", "clear");
        assertThat(link.orders()).containsExactly("turn ended", "interrupt a 1020");
        assertThat(rig.observer.log).contains("barge-in 20");
    }

    @Test
    void aNewAnswerAfterABargeInIsHeardWhole() {
        Phone phone = rig.call("c1");
        ScriptedBackend.Link link = rig.provider.last();
        rig.speaks(phone, 600);
        rig.isSilent(phone, 400);
        link.answers("a", 5, 4_000, true);
        rig.isSilent(phone, 500);
        rig.speaks(phone, 600);
        rig.isSilent(phone, 340);
        link.answers("b", 6, 800, true);
        rig.isSilent(phone, 1_500);

        assertThat(phone.heard().stream().filter(number -> number == 6)).hasSize(40);
        assertThat(phone.answers()).containsExactly(5, 6);
    }

    @Test
    void aProviderThatDiesInMidAnswerIsFollowedByTheLocalPipeline() {
        Phone phone = rig.call("c1");
        ScriptedBackend.Link link = rig.provider.last();
        rig.speaks(phone, 800);
        rig.isSilent(phone, 400);
        link.says(new SpeechEvent.CallerSaid("Wie zählt man?"));
        link.answers("a", 5, 4_000, false);
        rig.isSilent(phone, 2_000);
        link.fails(FailureReason.SOCKET_CLOSED);
        rig.settle(phone);
        int heardBefore = phone.heard().size();
        rig.isSilent(phone, 1_000);

        ScriptedBackend.Link local = rig.local.last();
        assertThat(local.request.history())
                .containsExactly(
                        Utterance.caller("Wie zählt man?"), Utterance.assistant("eins zwei drei vier fünf", true));
        assertThat(local.orders()).containsExactly("answer now");
        local.answers("a", 6, 600, true);
        rig.isSilent(phone, 2_000);
        rig.on(phone, phone::hangsUp);

        assertThat(phone.heard().subList(heardBefore, phone.heard().size())).doesNotContain(5);
        assertThat(phone.answers()).containsExactly(5, Rig.FILLER, 6);
        assertThat(phone.got).extracting(Phone.Got::what).contains("clear");
        assertThat(rig.observer.log)
                .containsSubsequence(
                        "segment c1 provider socket_closed",
                        "moved c1 socket_closed provider local",
                        "segment c1 local hangup",
                        "ended c1 completed");
        assertThat(rig.observer.segments).hasSize(2);
    }

    @Test
    void noWordOfTheCallerIsLostWhenTheProviderDiesWhileHeSpeaks() {
        Phone phone = rig.call("c1");
        rig.isSilent(phone, 800);
        int firstWord = phone.sent() + 1;
        rig.speaks(phone, 900);
        rig.provider.last().fails(FailureReason.SOCKET_CLOSED);
        rig.speaks(phone, 700);
        rig.isSilent(phone, 400);

        ScriptedBackend.Link local = rig.local.last();
        assertThat(local.heard)
                .as("pre-roll, then every frame once and in order")
                .isEqualTo(numbers(local.heard.getFirst(), phone.sent()));
        assertThat(firstWord - local.heard.getFirst()).isBetween(15, 18);
        assertThat(local.told).containsExactly("turn started after 0", "turn ended");
    }

    @Test
    void anUnansweredQuestionIsReplayedWhole() {
        Phone phone = rig.call("c1");
        rig.isSilent(phone, 800);
        int firstWord = phone.sent() + 1;
        rig.speaks(phone, 900);
        int lastWord = phone.sent();
        rig.isSilent(phone, 400);
        rig.provider.last().fails(FailureReason.SOCKET_CLOSED);
        rig.settle(phone);

        ScriptedBackend.Link local = rig.local.last();
        assertThat(local.heard).containsAll(numbers(firstWord, lastWord)).doesNotHaveDuplicates();
        assertThat(local.told).containsExactly("turn started after 0", "turn ended");
        assertThat(local.request.history()).isEmpty();
    }

    @Test
    void theLocalPipelineHearsTheBeginningOfEveryTurn() {
        rig.permitOpen = false;
        Phone phone = rig.call("c1");
        rig.isSilent(phone, 800);
        int firstWord = phone.sent() + 1;
        rig.speaks(phone, 500);
        rig.isSilent(phone, 500);

        ScriptedBackend.Link local = rig.local.last();
        String started = local.told.getFirst();
        int given = Integer.parseInt(started.substring(started.lastIndexOf(' ') + 1));
        List<Integer> turn = local.heard.subList(given, local.heard.size());
        assertThat(turn.getFirst()).as("pre-roll").isBetween(firstWord - 18, firstWord - 15);
        assertThat(turn).isEqualTo(numbers(turn.getFirst(), phone.sent()));
        assertThat(local.told).containsExactly(started, "turn ended");
    }

    @Test
    void aMuteProviderIsNoticedInTimeAndTheFillerBridges() {
        Phone phone = rig.call("c1");
        rig.isSilent(phone, 200);
        rig.speaks(phone, 1_000);
        rig.isSilent(phone, 1_220);
        assertThat(rig.local.links).isEmpty();
        rig.isSilent(phone, 40);

        assertThat(rig.local.links).hasSize(1);
        assertThat(phone.answers()).containsExactly(Rig.FILLER);
        assertThat(rig.observer.log).contains("moved c1 stalled provider local");
        assertThat(rig.local.last().told).containsExactly("turn started after 0", "turn ended");
    }

    @Test
    void theAnswerWaitsForTheEndOfTheFillerAndNeverTwoVoicesSound() {
        Phone phone = rig.call("c1");
        rig.speaks(phone, 800);
        rig.isSilent(phone, 400);
        rig.provider.last().fails(FailureReason.SOCKET_CLOSED);
        rig.isSilent(phone, 20);
        rig.local.last().answers("a", 6, 600, true);
        rig.isSilent(phone, 2_000);

        List<Integer> heard = phone.heard();
        assertThat(heard).hasSize(20 + 30);
        assertThat(heard.subList(0, 20)).containsOnly(Rig.FILLER);
        assertThat(heard.subList(20, 50)).containsOnly(6);
        assertThat(phone.got.stream().map(Phone.Got::at).distinct().count())
                .as("no more than the lead at once")
                .isGreaterThan(40);
    }

    @Test
    void aCallerWhoSpeaksOverTheFillerStopsIt() {
        Phone phone = rig.call("c1");
        rig.speaks(phone, 800);
        rig.isSilent(phone, 400);
        rig.provider.last().fails(FailureReason.SOCKET_CLOSED);
        rig.isSilent(phone, 100);
        rig.speaks(phone, 40);
        int heard = phone.heard().size();
        rig.speaks(phone, 400);

        assertThat(heard).isBetween(8, 16);
        assertThat(phone.heard()).hasSize(heard).containsOnly(Rig.FILLER);
        assertThat(phone.got.getLast().what()).isEqualTo("clear");
    }

    @Test
    void aLocalPipelineThatFailsTooIsFollowedByTheAnnouncement() {
        Phone phone = rig.call("c1");
        rig.speaks(phone, 800);
        rig.isSilent(phone, 400);
        rig.provider.last().fails(FailureReason.UNREACHABLE);
        rig.settle(phone);
        rig.local.last().fails(FailureReason.UNREACHABLE);
        rig.settle(phone);
        rig.announcement.last().answers("n", 9, 500, true);
        rig.isSilent(phone, 1_500);
        rig.on(phone, phone::hangsUp);

        assertThat(phone.answers()).contains(9);
        assertThat(rig.announcement.last().told).containsExactly("turn started after 0", "turn ended", "close");
        assertThat(rig.observer.segments)
                .extracting(CallSegment::backend)
                .containsExactly(BackendKind.PROVIDER, BackendKind.LOCAL, BackendKind.ANNOUNCEMENT);
    }

    @Test
    void aBackendThatThrowsHasFailed() {
        rig.provider.failsToOpen = true;
        Phone first = rig.call("c1");
        assertThat(rig.local.links).hasSize(1);
        rig.provider.failsToOpen = false;
        Phone second = rig.call("c2");
        rig.provider.last().throwsOnAudio = true;
        rig.isSilent(second, 20);
        assertThat(rig.local.links).hasSize(2);
        rig.on(first, first::hangsUp);
        rig.on(second, second::hangsUp);
        assertThat(rig.observer.segments)
                .extracting(CallSegment::endedBy)
                .containsExactly("backend_error", "backend_error", "hangup", "hangup");
    }

    @Test
    void busyTimesOfTheEnginesAreAddedUp() {
        rig.permitOpen = false;
        Phone phone = rig.call("c1");
        rig.local
                .last()
                .says(
                        new SpeechEvent.Worked(SpeechEvent.Engine.STT, 200),
                        new SpeechEvent.Worked(SpeechEvent.Engine.STT, 50),
                        new SpeechEvent.Worked(SpeechEvent.Engine.LLM, 300),
                        new SpeechEvent.Worked(SpeechEvent.Engine.TTS, 90));
        rig.settle(phone);
        rig.on(phone, phone::hangsUp);
        assertThat(rig.observer.segments).singleElement().satisfies(segment -> {
            assertThat(segment.use().sttMillis()).isEqualTo(250);
            assertThat(segment.use().llmMillis()).isEqualTo(300);
            assertThat(segment.use().ttsMillis()).isEqualTo(90);
        });
    }

    @Test
    void aSlowPhoneLosesFramesByAgeAndTheyAreCounted() {
        Phone phone = rig.call("c1");
        rig.speaks(phone, 600);
        rig.isSilent(phone, 400);
        rig.provider.last().answers("a", 5, 2_000, true);
        rig.isSilent(phone, 400);
        phone.slow = true;
        rig.isSilent(phone, 600);
        phone.slow = false;
        rig.isSilent(phone, 1_500);

        assertThat(rig.observer.phoneDrops.get()).isEqualTo(30);
        assertThat(phone.heard()).hasSize(100 - 30);
    }

    @Test
    void whenCallerAudioEndsTheLastAnswerIsStillHeardAndThenWeHangUp() {
        Phone phone = rig.call("c1");
        rig.speaks(phone, 600);
        rig.on(phone, phone::audioEnds);
        assertThat(rig.provider.last().orders()).containsExactly("turn ended");
        rig.provider.last().answers("a", 5, 600, true);
        rig.waits(phone, 1_000);

        assertThat(phone.heard()).hasSize(30);
        assertThat(phone.got.getLast().what()).isEqualTo("close 1000");
        assertThat(rig.observer.log).endsWith("segment c1 provider hangup", "ended c1 completed");
    }

    @Test
    void coalescedCallerAudioIsTakenFrameByFrame() {
        Phone phone = rig.call("c1");
        rig.isSilent(phone, 200);
        rig.on(phone, () -> {
            for (int i = 0; i < 40; i++) {
                phone.frame(true);
            }
        });
        rig.isSilent(phone, 400);
        assertThat(rig.provider.last().heard).isEqualTo(numbers(1, phone.sent()));
        assertThat(rig.provider.last().orders()).containsExactly("turn ended");
    }

    @Test
    void anOldSessionIsReplacedAtAPauseAndWhatTheCallerBeginsMeanwhileIsHeardByTheNewOne() {
        Phone phone = rig.call("c1");
        ScriptedBackend.Link old = rig.provider.last();
        old.says(new SpeechEvent.Lasting(2_000, 600_000));
        rig.provider.becomesReady = false;
        rig.isSilent(phone, 2_100);
        ScriptedBackend.Link fresh = rig.provider.last();
        assertThat(fresh).isNotSameAs(old);
        rig.speaks(phone, 400);
        assertThat(fresh.heard).isEmpty();
        fresh.says(new SpeechEvent.Ready());
        rig.speaks(phone, 400);
        rig.isSilent(phone, 400);
        fresh.answers("a", 5, 1_000, true);
        rig.isSilent(phone, 1_500);
        rig.on(phone, phone::hangsUp);

        assertThat(old.closed).isTrue();
        assertThat(old.orders()).containsExactly("close");
        assertThat(fresh.heard).endsWith(phone.sent()).doesNotHaveDuplicates();
        int firstVoiced = 2_100 / 20 + 1;
        assertThat(fresh.heard.getFirst()).as("with what was before the onset").isLessThan(firstVoiced);
        assertThat(fresh.heard)
                .isEqualTo(IntStream.rangeClosed(fresh.heard.getFirst(), phone.sent())
                        .boxed()
                        .toList());
        assertThat(phone.heard()).hasSize(50).containsOnly(5);
        assertThat(rig.observer.log)
                .contains("segment c1 provider rotation", "renewed c1 age", "segment c1 provider hangup")
                .doesNotContain("moved");
        assertThat(rig.provider.links).hasSize(2);
    }

    @Test
    void aSessionThatTheProviderEndedIsReplacedAndTheCallStaysThere() {
        Phone phone = rig.call("c1");
        rig.isSilent(phone, 400);
        rig.speaks(phone, 500);
        rig.provider.last().fails(FailureReason.SESSION_EXPIRED);
        rig.speaks(phone, 500);
        rig.isSilent(phone, 400);
        ScriptedBackend.Link fresh = rig.provider.last();
        fresh.answers("a", 6, 400, true);
        rig.isSilent(phone, 800);

        assertThat(rig.provider.links).hasSize(2);
        assertThat(rig.local.links).isEmpty();
        assertThat(fresh.heard).doesNotHaveDuplicates().endsWith(phone.sent());
        assertThat(fresh.heard.getFirst()).isLessThanOrEqualTo(400 / 20);
        assertThat(phone.heard()).hasSize(20).containsOnly(6);
        assertThat(rig.observer.log).contains("renewed c1 session_expired", "segment c1 provider session_expired");
    }

    @Test
    void aRefusedRotationLeavesTheCallWhereItIs() {
        Phone phone = rig.call("c1");
        ScriptedBackend.Link old = rig.provider.last();
        old.says(new SpeechEvent.Lasting(1_000, 600_000));
        rig.provider.failsToOpen = true;
        rig.isSilent(phone, 1_200);
        rig.speaks(phone, 600);
        rig.isSilent(phone, 400);
        old.answers("a", 5, 400, true);
        rig.isSilent(phone, 600);

        assertThat(old.closed).isFalse();
        assertThat(rig.local.links).isEmpty();
        assertThat(old.heard).isEqualTo(numbers(1, phone.sent()));
        assertThat(phone.heard()).hasSize(20).containsOnly(5);
    }

    private static List<Integer> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }
}
