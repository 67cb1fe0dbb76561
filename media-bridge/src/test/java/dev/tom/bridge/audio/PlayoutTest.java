package dev.tom.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayoutTest {

    private static final Playout.Pacing FORK = new Playout.Pacing(160, 80, 80, 40);

    private final Playout playout = new Playout(AudioFormat.NARROWBAND, FORK);
    private final Tape tape = new Tape();
    private long now = 1_000;

    @Test
    void theLeadGoesAtOnceAndThenOneFrameEveryTwentyMilliseconds() {
        answer("a", 50);
        playout.pump(now, tape);
        assertThat(tape.frames).hasSize(8);
        for (int i = 1; i <= 42; i++) {
            now += 20;
            playout.pump(now, tape);
            assertThat(tape.frames).hasSize(8 + i);
        }
        assertThat(tape.frames)
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 50).boxed().toList());
    }

    @Test
    void lateAndEarlyTicksDoNotShiftThePace() {
        answer("a", 1_000);
        playout.pump(now, tape);
        long start = now;
        java.util.Random random = new java.util.Random(1);
        for (int tick = 1; tick <= 500; tick++) {
            playout.pump(start + 20L * tick + random.nextInt(13) - 6, tape);
            assertThat(tape.frames).hasSize(8 + tick);
        }
    }

    @Test
    void aStallIsMadeUpForUpToTheLead() {
        answer("a", 100);
        playout.pump(now, tape);
        playout.pump(now + 100, tape);
        assertThat(tape.frames).hasSize(8 + 5);
        playout.pump(now + 1_100, tape);
        assertThat(tape.frames)
                .as("the far side ran dry, so only its lead is missing")
                .hasSize(13 + 8);
    }

    @Test
    void anAnswerEndsWithPaddingAndIsOverWhenItWasHeard() {
        answer("a", 10);
        playout.end();
        run(400);
        assertThat(tape.frames).hasSize(10 + 4).endsWith(0, 0, 0, 0);
        assertThat(tape.log).containsExactly("voiced a @1000", "written a @1140", "played a @1200");
        assertThat(playout.busy()).isFalse();
    }

    @Test
    void soundsFollowEachOtherAndNeverOverlap() {
        answer("filler", 3);
        playout.end();
        answer("a", 3);
        playout.end();
        run(500);
        assertThat(tape.frames).isEqualTo(List.of(1, 2, 3, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0));
        assertThat(tape.log).contains("played filler @1060", "played a @1200");
    }

    @Test
    void playedMillisLeaveOutWhatTheFarSideHasNotHeard() {
        answer("a", 50);
        playout.pump(now, tape);
        assertThat(playout.playedMillis("a", now)).isZero();
        assertThat(playout.receivedMillis("a")).isEqualTo(1_000);
        run(200);
        assertThat(playout.playedMillis("a", now)).isEqualTo(200);
        now += 900;
        assertThat(playout.playedMillis("a", now))
                .as("a stall plays nothing new")
                .isEqualTo(360);
        assertThat(playout.playedMillis("other", now)).isZero();
    }

    @Test
    void flushPadsClearsAndPauses() {
        answer("a", 100);
        playout.pump(now, tape);
        tape.frames.clear();
        assertThat(playout.audible(now)).isTrue();
        assertThat(playout.flush(now, tape)).isTrue();
        assertThat(tape.frames).isEqualTo(List.of(0, 0, 0, 0));
        assertThat(playout.audible(now)).isFalse();
        assertThat(playout.busy()).isFalse();

        answer("b", 20);
        playout.pump(now + 20, tape);
        assertThat(tape.frames).hasSize(4);
        playout.pump(now + 40, tape);
        assertThat(tape.frames).hasSize(4 + 8);
    }

    @Test
    void flushOfAnIdleFarSideNeedsNoClear() {
        assertThat(playout.flush(now, tape)).isFalse();
        answer("a", 1);
        playout.end();
        run(300);
        tape.frames.clear();
        assertThat(playout.flush(now, tape)).isFalse();
        assertThat(tape.frames).isEmpty();
    }

    @Test
    void aHeldAnswerGoesOnWithTheFrameThatWasNotHeard() {
        answer("a", 50);
        run(200);
        tape.frames.clear();
        assertThat(playout.hold(now, true, tape)).isTrue();
        assertThat(tape.frames).isEqualTo(List.of(0, 0, 0, 0));
        assertThat(playout.playedMillis("a", now)).isEqualTo(200);
        tape.frames.clear();
        run(400);
        assertThat(tape.frames).isEmpty();
        assertThat(playout.playedMillis("a", now)).isEqualTo(200);

        playout.end();
        playout.resume();
        run(1_200);
        assertThat(tape.frames.subList(0, 40))
                .isEqualTo(
                        java.util.stream.IntStream.rangeClosed(11, 50).boxed().toList());
        assertThat(tape.frames).hasSize(40 + 4);
        assertThat(tape.log).endsWith("played a @" + (1_600 + 40 * 20));
    }

    @Test
    void theFrameThatIsBeingHeardCountsAsHeard() {
        answer("a", 50);
        run(200);
        playout.hold(now + 7, true, tape);
        tape.frames.clear();
        playout.resume();
        playout.pump(now + 60, tape);
        assertThat(tape.frames.getFirst()).isEqualTo(12);
    }

    @Test
    void aFarSideThatCannotDropPlaysWhatItHoldsAndTheRestWaits() {
        answer("a", 50);
        run(200);
        tape.frames.clear();
        assertThat(playout.hold(now, false, tape)).isFalse();
        run(400);
        assertThat(tape.frames).isEmpty();
        assertThat(playout.playedMillis("a", now)).isEqualTo(360);
        playout.resume();
        playout.pump(now, tape);
        assertThat(tape.frames.getFirst()).isEqualTo(19);
    }

    @Test
    void soundsThatWereOnTheirWayTogetherAreHeldTogetherAndEachIsHeardOnce() {
        answer("filler", 3);
        playout.end();
        answer("a", 4);
        playout.end();
        playout.pump(now, tape);
        assertThat(tape.frames).isEqualTo(List.of(1, 2, 3, 0, 0, 0, 0, 1));
        now += 20;
        playout.hold(now, true, tape);
        tape.frames.clear();
        playout.resume();
        run(600);
        assertThat(tape.frames).isEqualTo(List.of(2, 3, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0));
        assertThat(tape.log).containsOnlyOnce("voiced filler @1000").endsWith("played a @1260");
    }

    @Test
    void audioThatComesWhileHeldWaits() {
        playout.hold(now, true, tape);
        answer("a", 5);
        playout.pump(now, tape);
        assertThat(tape.frames).isEmpty();
        playout.resume();
        playout.pump(now, tape);
        assertThat(tape.frames).isEqualTo(List.of(1, 2, 3, 4, 5));
    }

    @Test
    void aFlushEndsAHoldAndNothingOfTheOldSoundFollows() {
        answer("a", 50);
        run(200);
        playout.hold(now, true, tape);
        tape.frames.clear();
        assertThat(playout.flush(now + 300, tape)).isFalse();
        answer("b", 5);
        playout.pump(now + 300, tape);
        assertThat(tape.frames).isEqualTo(List.of(1, 2, 3, 4, 5));
    }

    @Test
    void holdsInAnyOrderLoseAndDoubleNothing() {
        java.util.Random random = new java.util.Random(4);
        answer("a", 3_000);
        playout.end();
        List<Integer> heard = new ArrayList<>();
        while (playout.busy()) {
            tape.frames.clear();
            int held = random.nextInt(40) * 20;
            run(held);
            heard.addAll(tape.frames);
            if (playout.busy() && playout.hold(now, true, tape)) {
                // What the far side had not played was dropped: it is sent again.
                int unheard =
                        (int) (heard.stream().filter(one -> one != 0).count() - playout.playedMillis("a", now) / 20);
                for (int i = 0; i < unheard; ) {
                    i += heard.removeLast() != 0 ? 1 : 0;
                }
            }
            now += random.nextInt(30) * 20;
            playout.resume();
        }
        heard.removeIf(one -> one == 0);
        assertThat(heard)
                .isEqualTo(
                        java.util.stream.IntStream.rangeClosed(1, 3_000).boxed().toList());
    }

    @Test
    void aGapInsideAnAnswerIsToldOnceAndTheLeadIsGivenAgain() {
        answer("a", 4);
        run(300);
        assertThat(tape.log).containsExactly("voiced a @1000", "dry a @1080");
        offer(20);
        playout.pump(now, tape);
        assertThat(tape.frames).hasSize(4 + 8);
    }

    @Test
    void theFirstVoicedFrameIsNotTheFirstFrame() {
        playout.begin("a");
        for (int i = 0; i < 20; i++) {
            short[] frame = new short[160];
            frame[7] = (short) (i < 12 ? 100 : -300);
            playout.offer(frame);
        }
        run(400);
        assertThat(tape.log).contains("voiced a @1100");
        assertThat(playout.lastVoicedAt()).isEqualTo(1_240);
    }

    @Test
    void aFullQueueDropsAndCounts() {
        answer("a", 6_000);
        assertThat(playout.droppedFrames()).isZero();
        assertThat(playout.offer(new short[160])).isFalse();
        assertThat(playout.droppedFrames()).isEqualTo(1);
        run(120_000);
        assertThat(tape.frames.subList(0, 6_000))
                .isEqualTo(
                        java.util.stream.IntStream.rangeClosed(1, 6_000).boxed().toList());
    }

    private void answer(String id, int frames) {
        playout.begin(id);
        tape.next = 1;
        offer(frames);
    }

    private void offer(int frames) {
        for (int i = 0; i < frames; i++) {
            short[] frame = new short[160];
            Arrays.fill(frame, (short) tape.next++);
            frame[80] = 5_000;
            playout.offer(frame);
        }
    }

    private void run(int millis) {
        playout.pump(now, tape);
        for (int passed = 0; passed < millis; passed += 20) {
            now += 20;
            playout.pump(now, tape);
        }
    }

    /** What left for the phone: each frame by its first sample. */
    private final class Tape implements Playout.Output {
        final List<Integer> frames = new ArrayList<>();
        final List<String> log = new ArrayList<>();
        int next = 1;

        @Override
        public void play(short[] frame) {
            frames.add((int) frame[0]);
        }

        @Override
        public void firstVoiced(String answerId, long nowMillis) {
            log.add("voiced " + answerId + " @" + nowMillis);
        }

        @Override
        public void written(String answerId) {
            log.add("written " + answerId + " @" + now);
        }

        @Override
        public void played(String answerId) {
            log.add("played " + answerId + " @" + now);
        }

        @Override
        public void ranDry(String answerId) {
            log.add("dry " + answerId + " @" + now);
        }
    }
}
