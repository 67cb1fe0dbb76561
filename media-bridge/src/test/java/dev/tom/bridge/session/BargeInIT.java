package dev.tom.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.speech.SpeechEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sounds of the caller over an answer: what the phone hears, and what the backend. */
class BargeInIT {

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aCoughPausesTheAnswerAndNoSampleOfItIsLostOrHeardTwice() {
        Phone phone = rig.call("c1");
        ScriptedBackend.Link link = answering(phone);
        rig.isSilent(phone, 600);
        int cough = phone.sent() + 1;
        rig.speaks(phone, 120);
        int afterCough = phone.sent();
        rig.isSilent(phone, 3_500);

        assertThat(ear(phone)).isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
        assertThat(link.heard).doesNotContainAnyElementsOf(numbers(cough, afterCough));
        assertThat(link.heard).as("silence of the same length").hasSize(phone.sent());
        assertThat(link.orders()).containsExactly("turn ended");
        assertThat(rig.observer.log).contains("resumed").noneMatch(line -> line.startsWith("barge-in"));
    }

    @Test
    void anMhmPausesItToo() {
        Phone phone = rig.call("c1");
        ScriptedBackend.Link link = answering(phone);
        rig.isSilent(phone, 610);
        rig.speaks(phone, 260);
        rig.isSilent(phone, 3_500);

        assertThat(ear(phone)).isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
        assertThat(link.orders()).containsExactly("turn ended");
        assertThat(rig.observer.log).containsOnlyOnce("resumed");
    }

    @Test
    void twoCoughsAreTwoPausesOfOneAnswer() {
        Phone phone = rig.call("c1");
        answering(phone);
        rig.isSilent(phone, 300);
        rig.speaks(phone, 100);
        rig.isSilent(phone, 700);
        rig.speaks(phone, 100);
        rig.isSilent(phone, 4_000);

        assertThat(ear(phone)).isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
        assertThat(rig.observer.log.stream().filter("resumed"::equals)).hasSize(2);
    }

    @Test
    void anInterruptionCutsAndTheBackendHearsItFromItsFirstFrameOnInOrder() {
        Phone phone = rig.call("c1");
        ScriptedBackend.Link link = answering(phone);
        rig.isSilent(phone, 600);
        rig.speaks(phone, 200);
        int heldBack = phone.sent() - link.heard.size();
        int pausedAfter = ear(phone).size();
        rig.speaks(phone, 800);
        rig.isSilent(phone, 400);

        assertThat(heldBack).isEqualTo(10);
        assertThat(link.heard).isEqualTo(numbers(1, phone.sent()));
        assertThat(ear(phone)).as("nothing stale").hasSize(pausedAfter);
        assertThat(link.orders()).containsExactly("turn ended", "interrupt a 620", "turn ended");
        assertThat(rig.observer.log).contains("barge-in 20").doesNotContain("resumed");
    }

    @Test
    void theProvidersOwnDetectionCutsWithoutOurGate() {
        Phone phone = rig.call("c1");
        ScriptedBackend.Link link = answering(phone);
        rig.isSilent(phone, 600);
        link.says(new SpeechEvent.SpeechHeard());
        rig.settle(phone);
        int cut = ear(phone).size();
        rig.isSilent(phone, 600);

        assertThat(ear(phone)).hasSize(cut);
        assertThat(link.orders()).containsExactly("turn ended", "interrupt a 600");
    }

    @Test
    void audioThatArrivesInAPauseIsHeardAfterIt() {
        Phone phone = rig.call("c1");
        rig.speaks(phone, 600);
        rig.isSilent(phone, 400);
        ScriptedBackend.Link link = rig.provider.last();
        link.answers("a", 5, 400, false);
        rig.isSilent(phone, 200);
        rig.speaks(phone, 100);
        link.audioOf("a", 6, 400);
        link.says(new SpeechEvent.AnswerDone("a"));
        rig.isSilent(phone, 1_500);

        List<Integer> heard = ear(phone);
        assertThat(heard).hasSize(40);
        assertThat(heard.subList(0, 20)).containsOnly(5);
        assertThat(heard.subList(20, 40)).containsOnly(6);
    }

    /** A question, and an answer of 2 s whose frames are numbered from 1. */
    private ScriptedBackend.Link answering(Phone phone) {
        rig.speaks(phone, 600);
        rig.isSilent(phone, 400);
        ScriptedBackend.Link link = rig.provider.last();
        short[] pcm = Frames.answer(1, 2_000, link.request.format());
        for (int frame = 0; frame < 100; frame++) {
            pcm[frame * 160] = (short) (frame + 1);
        }
        link.says(
                new SpeechEvent.AnswerStarted("a"),
                new SpeechEvent.AnswerAudio("a", pcm, pcm.length),
                new SpeechEvent.AnswerDone("a"));
        return link;
    }

    /** What the caller hears: the far side plays a frame each 20 ms, and a clear drops what it holds. */
    private static List<Integer> ear(Phone phone) {
        List<Integer> heard = new ArrayList<>();
        List<Integer> buffer = new ArrayList<>();
        long playedUntil = Long.MIN_VALUE;
        for (Phone.Got got : phone.got) {
            while (!buffer.isEmpty() && playedUntil + 20 <= got.at()) {
                heard.add(buffer.removeFirst());
                playedUntil += 20;
            }
            if (buffer.isEmpty()) {
                playedUntil = got.at();
            }
            if (got.what().equals("clear")) {
                buffer.clear();
            } else if (got.what().matches("-?\\d+")) {
                buffer.add(Integer.valueOf(got.what()));
            }
        }
        heard.addAll(buffer);
        heard.removeIf(number -> number == 0);
        return heard;
    }

    private static List<Integer> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }
}
