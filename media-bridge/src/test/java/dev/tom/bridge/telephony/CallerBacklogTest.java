package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerBacklogTest {

    private static final int RATE = 16_000;
    private static final int MAX_AGE = 5_000;

    private final CallerBacklog backlog = new CallerBacklog(MAX_AGE);
    private final List<Integer> given = new ArrayList<>();
    private long now = 1_000_000_000L;
    private int frames;

    @Test
    void liveAudioIsNeverHeld() {
        for (int i = 0; i < 500; i++) {
            frame();
            passes(20);
        }
        assertThat(given).hasSize(500);
        assertThat(backlog.keeping()).isFalse();
    }

    @Test
    void theFirstAudioIsKeptHoweverMuchItIs() {
        assertThat(backlog.keepsBack(ByteBuffer.allocate(160_000), RATE, now)).isFalse();
    }

    @Test
    void afterAHoldTheCallerIsHeardAgainAfterOneLook() {
        frame();
        passes(60_000);
        frame();
        passes(20);
        frame();
        look();
        passes(20);
        frame();

        assertThat(given).containsExactly(1, 2, 3, 4);
        assertThat(backlog.takeDroppedFrames(RATE)).isZero();
    }

    @Test
    void ofABacklogOfSixSecondsTheOldestIsDropped() {
        frame();
        passes(6_000);
        for (int i = 0; i < 300; i++) {
            frame();
        }
        assertThat(given).containsExactly(1);
        look();
        assertThat(given).containsExactly(1);
        passes(20);
        frame();
        look();

        assertThat(given).hasSize(1 + 250).contains(302).doesNotContain(52).contains(53);
        assertThat(backlog.takeDroppedFrames(RATE)).isEqualTo(51);
        assertThat(backlog.takeDroppedFrames(RATE)).isZero();
        passes(20);
        frame();
        assertThat(given).endsWith(302, 303);
    }

    @Test
    void aShorterStallLosesNoWord() {
        frame();
        passes(4_900);
        for (int i = 0; i < 245; i++) {
            frame();
        }
        assertThat(given).hasSize(246);
    }

    @Test
    void aBurstThatNeverEndsIsNotHeldForever() {
        frame();
        passes(6_000);
        for (int looks = 0; looks < 25; looks++) {
            assertThat(backlog.keeping()).isEqualTo(looks > 0);
            for (int i = 0; i < 10; i++) {
                frame();
            }
            look();
        }
        assertThat(backlog.keeping()).isFalse();
        assertThat(given).hasSize(251);
    }

    private void passes(int millis) {
        now += millis * 1_000_000L;
    }

    private void frame() {
        ByteBuffer pcm = ByteBuffer.allocate(320).putShort(0, (short) ++frames);
        if (!backlog.keepsBack(pcm, RATE, now)) {
            given.add(frames);
        }
    }

    private void look() {
        ByteBuffer pcm = backlog.look(RATE).order(ByteOrder.BIG_ENDIAN);
        for (int at = 0; at < pcm.remaining(); at += 320) {
            given.add((int) pcm.getShort(at));
        }
    }
}
