package dev.tom.bridge.speech.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.audio.AudioFormat;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WireAudioTest {

    @Test
    void aNarrowLegIsMuLawBothWays() {
        WireAudio audio = new WireAudio(AudioFormat.NARROWBAND);
        short[] frame = tone(8_000, 160);

        byte[] wire = coded(audio, frame);
        int length = audio.decode(wire);

        assertThat(audio.format().type()).isEqualTo("audio/pcmu");
        assertThat(wire).hasSize(160);
        assertThat(length).isEqualTo(160);
        for (int i = 0; i < length; i++) {
            assertThat((int) audio.samples()[i]).isCloseTo(frame[i], org.assertj.core.data.Offset.offset(260));
        }
        assertThat(audio.micros(160)).isEqualTo(20_000);
    }

    @Test
    void aWideLegIsPcmAt24KilohertzBothWays() {
        WireAudio audio = new WireAudio(AudioFormat.WIDEBAND);

        byte[] wire = coded(audio, tone(16_000, 320));
        assertThat(audio.format().type()).isEqualTo("audio/pcm");
        assertThat(wire.length).isBetween(940, 962);
        assertThat(audio.micros(960)).isEqualTo(20_000);
        assertThat(audio.decode(new byte[960])).isBetween(300, 321);
    }

    @Test
    void aDeltaMayEndInTheMiddleOfASample() {
        short[] whole = decodedInPieces(9_600);
        short[] odd = decodedInPieces(1_001);

        assertThat(odd).isEqualTo(whole);
    }

    @Test
    void whatIsHeldIsBoundedAndTheOldestIsDropped() {
        HeldAudio held = new HeldAudio();
        for (int i = 0; i < HeldAudio.MAX_FRAMES + 10; i++) {
            held.add(new short[] {(short) i});
        }

        assertThat(held.takeDropped()).isEqualTo(10);
        assertThat(held.next()).containsExactly(10);
    }

    private static byte[] coded(WireAudio audio, short[] frame) {
        int length = audio.encode(frame);
        return Arrays.copyOf(audio.coded(), length);
    }

    private static short[] decodedInPieces(int pieceBytes) {
        WireAudio audio = new WireAudio(AudioFormat.WIDEBAND);
        short[] source = tone(24_000, 4_800);
        byte[] bytes = new byte[2 * source.length];
        for (int i = 0; i < source.length; i++) {
            bytes[2 * i] = (byte) source[i];
            bytes[2 * i + 1] = (byte) (source[i] >> 8);
        }
        short[] all = new short[8_000];
        int filled = 0;
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            int length = audio.decode(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + pieceBytes)));
            System.arraycopy(audio.samples(), 0, all, filled, length);
            filled += length;
        }
        return Arrays.copyOf(all, filled);
    }

    private static short[] tone(int rate, int length) {
        short[] samples = new short[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) (8_000 * Math.sin(2 * Math.PI * 440 * i / rate));
        }
        return samples;
    }
}
