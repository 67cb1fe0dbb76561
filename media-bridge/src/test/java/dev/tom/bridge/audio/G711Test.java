package dev.tom.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Values of ITU-T G.711, and the properties that any correct table has. */
class G711Test {

    @Test
    void knownCodesOfMuLaw() {
        assertThat(MuLaw.encode((short) 0)).isEqualTo((byte) 0xFF);
        assertThat(MuLaw.encode((short) 32_767)).isEqualTo((byte) 0x80);
        assertThat(MuLaw.encode((short) -32_768)).isEqualTo((byte) 0x00);
        assertThat(MuLaw.decode((byte) 0x80)).isEqualTo((short) 32_124);
        assertThat(MuLaw.decode((byte) 0x00)).isEqualTo((short) -32_124);
        assertThat(MuLaw.decode((byte) 0xFF)).isEqualTo((short) 0);
        assertThat(MuLaw.decode((byte) 0xFE)).isEqualTo((short) 8);
    }

    @Test
    void knownCodesOfALaw() {
        assertThat(ALaw.encode((short) 0)).isEqualTo((byte) 0xD5);
        assertThat(ALaw.encode((short) -1)).isEqualTo((byte) 0x55);
        assertThat(ALaw.encode((short) 32_767)).isEqualTo((byte) 0xAA);
        assertThat(ALaw.encode((short) -32_768)).isEqualTo((byte) 0x2A);
        assertThat(ALaw.decode((byte) 0xD5)).isEqualTo((short) 8);
        assertThat(ALaw.decode((byte) 0x2A)).isEqualTo((short) -32_256);
    }

    @Test
    void aDecodedCodeEncodesToItself() {
        for (int code = 0; code < 256; code++) {
            if (code != 0x7F) {
                assertThat(MuLaw.encode(MuLaw.decode((byte) code)))
                        .as("mu-law %02x", code)
                        .isEqualTo((byte) code);
            }
            assertThat(ALaw.encode(ALaw.decode((byte) code)))
                    .as("A-law %02x", code)
                    .isEqualTo((byte) code);
        }
    }

    @Test
    void theErrorStaysWithinTheStepOfTheLaw() {
        for (int sample = -32_768; sample <= 32_767; sample++) {
            int size = Math.abs(sample);
            assertThat(Math.abs(MuLaw.decode(MuLaw.encode((short) sample)) - sample))
                    .as("mu-law %d", sample)
                    .isLessThanOrEqualTo(size > 32_635 ? 644 : Math.max(4, size / 16 + 4));
            assertThat(Math.abs(ALaw.decode(ALaw.encode((short) sample)) - sample))
                    .as("A-law %d", sample)
                    .isLessThanOrEqualTo(Math.max(8, size / 31 + 1));
        }
    }

    @Test
    void arraysAreTranslatedLikeSingleSamples() {
        short[] pcm = {-20_000, -5, 0, 5, 20_000, 99};
        byte[] codes = new byte[8];
        short[] back = new short[6];
        MuLaw.encode(pcm, 5, codes, 2);
        MuLaw.decode(codes, 2, 5, back);
        assertThat(back[0]).isEqualTo(MuLaw.decode(MuLaw.encode((short) -20_000)));
        assertThat(back[4]).isEqualTo(MuLaw.decode(MuLaw.encode((short) 20_000)));
        assertThat(codes[7]).isZero();
        ALaw.encode(pcm, 5, codes, 1);
        ALaw.decode(codes, 1, 5, back);
        assertThat(back[4]).isEqualTo(ALaw.decode(ALaw.encode((short) 20_000)));
    }
}
