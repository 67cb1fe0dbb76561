package dev.tom.bridge.call.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.admission.Admission.Decision;
import dev.tom.bridge.call.admission.Admission.Situation;
import dev.tom.bridge.speech.BackendKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

    @ParameterizedTest
    @CsvSource({
        "PROVIDER, true, true, true, PROVIDER",
        "PROVIDER, true, true, false, PROVIDER",
        "PROVIDER, false, true, true, LOCAL",
        "PROVIDER, false, true, false, ANNOUNCEMENT",
        "PROVIDER, true, false, true, LOCAL",
        "PROVIDER, true, false, false, PROVIDER",
        "PROVIDER, false, false, false, ANNOUNCEMENT",
        "LOCAL, true, true, true, LOCAL",
        "LOCAL, true, true, false, ANNOUNCEMENT",
        "ANNOUNCEMENT, true, true, true, ANNOUNCEMENT",
    })
    void aCallGoesTo(BackendKind preferred, boolean permit, boolean trusted, boolean local, BackendKind expected) {
        assertThat(Admission.decide(new Situation(0, 10, false, preferred, permit, trusted, local)))
                .isInstanceOfSatisfying(Decision.Take.class, take -> {
                    assertThat(take.backend()).isEqualTo(expected);
                    assertThat(take.reason()).isNotBlank();
                });
    }

    @Test
    void aFullPodRefusesAndSaysWhatToDo() {
        assertThat(Admission.decide(new Situation(9, 10, false, BackendKind.LOCAL, true, true, true)))
                .isInstanceOf(Decision.Take.class);
        assertThat(Admission.decide(new Situation(10, 10, false, BackendKind.LOCAL, true, true, true)))
                .isInstanceOfSatisfying(Decision.Refuse.class, refuse -> {
                    assertThat(refuse.status()).isEqualTo(429);
                    assertThat(refuse.reason()).contains("MAX_CALLS");
                });
    }

    @Test
    void aPodThatShutsDownTakesNoCall() {
        assertThat(Admission.decide(new Situation(0, 10, true, BackendKind.LOCAL, true, true, true)))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refuse -> assertThat(refuse.status()).isEqualTo(503));
    }
}
