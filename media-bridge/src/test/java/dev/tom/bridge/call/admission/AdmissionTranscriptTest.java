package dev.tom.bridge.call.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.Transcript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays {@code scenarios/overload/*.txt} and {@code scenarios/admission/*.txt}; see {@link PodPlayer}. */
class AdmissionTranscriptTest {

    @TestFactory
    Stream<DynamicTest> everyScenarioReadsAsWritten() {
        return Stream.of("overload", "admission")
                .flatMap(folder -> Transcript.all(folder).stream()
                        .map(file -> DynamicTest.dynamicTest(
                                folder + "/" + file.getFileName(), () -> Transcript.check(file, PodPlayer::new))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overload", "admission"})
    void thereAreAtLeastTwelveScenarios(String folder) {
        assertThat(Transcript.all(folder)).hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void whatWasMeasuredOnceIsNoOverload() {
        OverloadState state = OverloadLadder.step(
                        OverloadState.QUIET,
                        new OverloadLadder.Event.Measured(60_000, 0, 0),
                        0,
                        OverloadSettings.DEFAULT)
                .state();
        assertThat(state.rung()).isEqualTo(Rung.NORMAL);
    }
}
