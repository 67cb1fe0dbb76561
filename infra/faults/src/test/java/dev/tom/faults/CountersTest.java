package dev.tom.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersTest {

    private static final String BEFORE = """
            # TYPE tom_call_failover_total counter
            tom_call_failover_total{reason="stalled"} 2.0
            tom_call_failover_total{reason="unauthorized"} 0.0
            tom_calls_total{result="completed"} 7.0
            tom_calls_active 1.0
            """;

    @Test
    void readsTheCountersOfCallsAndNoOthers() {
        assertThat(Counters.parse(BEFORE)).isEqualTo(new Counters(Map.of("stalled", 2L), Map.of("completed", 7L)));
    }

    @Test
    void tellsWhatWasCountedSince() {
        Counters after = Counters.parse(BEFORE.replace("unauthorized\"} 0.0", "unauthorized\"} 1.0")
                .replace("completed\"} 7.0", "completed\"} 8.0"));

        assertThat(after.since(Counters.parse(BEFORE)))
                .isEqualTo(new Counters(Map.of("unauthorized", 1L), Map.of("completed", 1L)));
    }
}
