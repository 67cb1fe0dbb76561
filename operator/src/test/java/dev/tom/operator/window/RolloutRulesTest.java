package dev.tom.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.operator.window.RolloutRules.Calls;
import dev.tom.operator.window.RolloutRules.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutRulesTest {

    @ParameterizedTest
    @CsvSource({
        // phase, changed, WhenIdle, live calls, a bridge is silent, verdict
        "OPEN,      true,  true,  1, false, HOLD",
        "OPEN,      true,  true,  0, true,  HOLD",
        "CLOSING,   true,  true,  7, false, HOLD",
        "OPEN,      true,  true,  0, false, WRITE",
        "OPEN,      false, true,  9, true,  WRITE",
        "OPEN,      true,  false, 9, true,  WRITE",
        "PENDING,   true,  true,  9, true,  WRITE",
        "PREFLIGHT, true,  true,  9, true,  WRITE",
        "CLOSED,    true,  true,  9, true,  WRITE",
        "FAILED,    true,  true,  9, true,  WRITE",
    })
    void aChangeWaitsOnlyForCallsOfAWindowThatRuns(
            WindowPhase phase, boolean changed, boolean patient, int live, boolean silent, Verdict verdict) {
        assertThat(RolloutRules.judge(phase, changed, patient, new Calls(live, silent)))
                .isEqualTo(verdict);
    }

    @Test
    void theConditionNamesTheCauseAndTheWayOut() {
        assertThat(RolloutRules.fact(Verdict.WRITE, new Calls(3, true)).truth()).isEqualTo(Truth.FALSE);
        Fact calls = RolloutRules.fact(Verdict.HOLD, new Calls(3, true));
        Fact silence = RolloutRules.fact(Verdict.HOLD, new Calls(0, true));
        assertThat(calls.reason()).isEqualTo(Reason.CALLS_LIVE);
        assertThat(silence.reason()).isEqualTo(Reason.BRIDGE_UNREACHABLE);
        assertThat(calls.message()).contains("set spec.bridge.rollout to Now").doesNotContain("3");
        assertThat(silence.message()).contains("set spec.bridge.rollout to Now");
    }
}
