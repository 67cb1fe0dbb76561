package dev.tom.bridge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                " * Musik *",
                "[Musik]",
                "(Lachen)",
                " ♪♪ ",
                " ...",
                "Untertitel der Amara.org-Community",
                " Untertitel im Auftrag des ZDF für funk, 2017",
                "Copyright WDR 2021"
            })
    void leavesOutWhatNobodySaid(String segment) {
        assertThat(Transcript.of(List.of(segment))).isEmpty();
    }

    @Test
    void joinsTheRest() {
        assertThat(Transcript.of(List.of(" Guten Tag.", " * Musik * Ich  möchte", " [BLANK_AUDIO]", " einen Termin.")))
                .isEqualTo("Guten Tag. Ich möchte einen Termin.");
    }

    @Test
    void keepsASentenceAboutSubtitles() {
        assertThat(Transcript.of(List.of("Haben Sie Untertitel?"))).isEqualTo("Haben Sie Untertitel?");
    }
}
