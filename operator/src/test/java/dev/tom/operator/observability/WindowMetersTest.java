package dev.tom.operator.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.operator.window.Truth;
import dev.tom.operator.window.WindowPhase;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WindowMetersTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final WindowMeters meters = new WindowMeters(registry);

    @Test
    void showsTheLastFiguresOfEachWindow() {
        meters.show("voice", "pilot", figures(WindowPhase.OPEN, OptionalLong.empty()));
        meters.show("voice", "pilot", figures(WindowPhase.CLOSED, OptionalLong.of(250)));
        meters.show("voice", "other", figures(WindowPhase.OPEN, OptionalLong.empty()));

        assertThat(registry.scrape())
                .contains("tom_testwindow_phase{namespace=\"voice\",phase=\"Closed\",window=\"pilot\"} 1.0")
                .doesNotContain("phase=\"Open\",window=\"pilot\"")
                .contains("tom_testwindow_phase{namespace=\"voice\",phase=\"Open\",window=\"other\"} 1.0")
                .contains("tom_testwindow_egress_open{namespace=\"voice\",window=\"pilot\"} 0.0")
                .contains("tom_testwindow_egress_verified{namespace=\"voice\",window=\"pilot\"} 1.0")
                .contains("tom_testwindow_egress_enforced{namespace=\"voice\",window=\"pilot\"} 0.0")
                .contains("tom_testwindow_egress_enforced{namespace=\"voice\",window=\"other\"} NaN")
                .contains("tom_testwindow_leaked_sockets{namespace=\"voice\",window=\"pilot\"} 2.0")
                .contains("tom_testwindow_end_timestamp_seconds{namespace=\"voice\",window=\"pilot\"} 1.7961192E9")
                .contains("tom_testwindow_close_lateness_seconds{namespace=\"voice\",window=\"pilot\"} 0.25");
    }

    @Test
    void forgetsAWindowThatIsGone() {
        meters.show("voice", "pilot", figures(WindowPhase.CLOSED, OptionalLong.empty()));
        meters.forget("voice", "pilot");

        assertThat(registry.scrape()).doesNotContain("pilot");
    }

    private static WindowMeters.Figures figures(WindowPhase phase, OptionalLong late) {
        boolean open = phase == WindowPhase.OPEN;
        return new WindowMeters.Figures(
                phase,
                open,
                !open,
                open ? Truth.UNKNOWN : Truth.FALSE,
                open ? 0 : 2,
                Instant.parse("2026-12-01T10:00:00Z"),
                late);
    }
}
