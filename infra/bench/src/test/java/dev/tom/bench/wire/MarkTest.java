package dev.tom.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkTest {

    private static Mark mark() {
        Mark mark = new Mark();
        mark.call = 54_321;
        mark.answer = 1_234;
        mark.seq = 9_999_999;
        mark.command = Mark.CUT;
        mark.sentNanos = 0x00AB_CDEF_0123_4567L;
        return mark;
    }

    private static void assertSame(Mark read) {
        assertThat(read.call).isEqualTo(54_321);
        assertThat(read.answer).isEqualTo(1_234);
        assertThat(read.seq).isEqualTo(9_999_999);
        assertThat(read.command).isEqualTo(Mark.CUT);
        assertThat(read.sentNanos).isEqualTo(0x00AB_CDEF_0123_4567L);
    }

    @Test
    void is_read_from_pcm_and_from_mu_law() {
        byte[] pcm = Sound.pcmFrame(Sound.CALLER);
        byte[] codes = Sound.muLawFrame(Sound.ANSWER);
        mark().toPcm(pcm);
        mark().toMuLaw(codes);

        Mark fromPcm = new Mark();
        Mark fromMuLaw = new Mark();
        assertThat(fromPcm.fromPcm(pcm, 0)).isTrue();
        assertThat(fromMuLaw.fromMuLaw(codes, 0)).isTrue();
        assertSame(fromPcm);
        assertSame(fromMuLaw);
    }

    @Test
    void survives_the_way_from_pcm_to_mu_law() {
        byte[] pcm = Sound.pcmFrame(Sound.CALLER);
        mark().toPcm(pcm);
        byte[] codes = new byte[Mark.FRAME_SAMPLES];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Sound.code((short) ((pcm[2 * i] & 0xFF) | pcm[2 * i + 1] << 8));
        }

        Mark read = new Mark();
        assertThat(read.fromMuLaw(codes, 0)).isTrue();
        assertSame(read);
    }

    @Test
    void is_gone_when_the_frame_was_made_softer_or_shifted() {
        byte[] pcm = Sound.pcmFrame(Sound.ANSWER);
        mark().toPcm(pcm);
        byte[] softer = pcm.clone();
        for (int i = 0; i < softer.length; i += 2) {
            short sample = (short) (((softer[i] & 0xFF) | softer[i + 1] << 8) / 3);
            softer[i] = (byte) sample;
            softer[i + 1] = (byte) (sample >> 8);
        }

        assertThat(new Mark().fromPcm(softer, 0)).isFalse();
        assertThat(new Mark().fromPcm(pcm, 2)).isFalse();
        assertThat(new Mark().fromPcm(Sound.quietFrame(), 0)).isFalse();
    }

    @Test
    void only_the_sound_behind_it_is_audible() {
        byte[] quiet = Sound.quietFrame();
        mark().toPcm(quiet);

        assertThat(Sound.audiblePcm(quiet, 0, quiet.length)).isFalse();
        assertThat(Sound.audiblePcm(Sound.pcmFrame(Sound.ANSWER), 0, quiet.length))
                .isTrue();
        assertThat(Sound.audibleMuLaw(Sound.muLawFrame(Sound.ANSWER), 0, Mark.FRAME_SAMPLES))
                .isTrue();
    }
}
