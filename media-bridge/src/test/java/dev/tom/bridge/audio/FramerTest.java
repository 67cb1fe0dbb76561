package dev.tom.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramerTest {

    @Test
    void samplesSurviveAnySplitOfTheBytes() {
        byte[] bytes = countingPcm(4_000);
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Framer framer = new Framer(AudioFormat.NARROWBAND);
            List<Short> got = new ArrayList<>();
            for (int from = 0; from < bytes.length; ) {
                int length = Math.min(bytes.length - from, random.nextInt(seed < 25 ? 7 : 1_500));
                framer.put(ByteBuffer.wrap(bytes, from, length).order(ByteOrder.LITTLE_ENDIAN));
                from += length;
                drain(framer, got);
            }
            assertThat(got).as("split %d", seed).hasSize(4_000 / 160 * 160);
            for (int i = 0; i < got.size(); i++) {
                assertThat(got.get(i)).isEqualTo((short) (i * 3));
            }
        }
    }

    @Test
    void oneLargeMessageGivesAllItsFramesInOrder() {
        Framer framer = new Framer(AudioFormat.WIDEBAND);
        framer.put(ByteBuffer.wrap(countingPcm(160_000)).order(ByteOrder.LITTLE_ENDIAN));
        List<Short> got = new ArrayList<>();
        drain(framer, got);
        assertThat(got).hasSize(160_000).endsWith((short) (159_999 * 3));
    }

    @Test
    void byteOrderIsTheWiresWhateverTheBufferSays() {
        Framer framer = new Framer(AudioFormat.NARROWBAND);
        framer.put(ByteBuffer.wrap(countingPcm(160)).order(ByteOrder.BIG_ENDIAN));
        assertThat(framer.next()).isTrue();
        assertThat(framer.frame()[100]).isEqualTo((short) 300);
    }

    @Test
    void theEndOfAnAnswerIsPaddedAndNothingIsPaddedTwice() {
        Framer framer = new Framer(AudioFormat.NARROWBAND);
        framer.put(new short[] {7, 8, 9}, 3);
        assertThat(framer.next()).isFalse();
        framer.padToFrame();
        assertThat(framer.next()).isTrue();
        assertThat(framer.frame())
                .startsWith((short) 7, (short) 8, (short) 9, (short) 0)
                .hasSize(160);
        framer.padToFrame();
        assertThat(framer.next()).isFalse();
    }

    @Test
    void clearForgetsAlsoHalfASample() {
        Framer framer = new Framer(AudioFormat.NARROWBAND);
        framer.put(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        framer.clear();
        framer.put(ByteBuffer.wrap(countingPcm(160)));
        assertThat(framer.next()).isTrue();
        assertThat(framer.frame()[1]).isEqualTo((short) 3);
    }

    private static void drain(Framer framer, List<Short> into) {
        while (framer.next()) {
            for (short sample : framer.frame()) {
                into.add(sample);
            }
        }
    }

    private static byte[] countingPcm(int samples) {
        ByteBuffer pcm = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            pcm.putShort((short) (i * 3));
        }
        return pcm.array();
    }
}
