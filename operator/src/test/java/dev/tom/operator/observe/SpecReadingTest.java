package dev.tom.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.window.FactType;
import dev.tom.operator.window.GuardRails;
import dev.tom.operator.window.WindowHistory;
import dev.tom.operator.window.WindowPhase;
import dev.tom.operator.window.WindowPlan;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpecReadingTest {

    @Test
    void windowWithoutAStartBeginsWhenItWasCreated() {
        WindowPlan plan = SpecReading.plan(window("window: {durationSeconds: 60}", ""), GuardRails.NONE);

        assertThat(plan)
                .isEqualTo(new WindowPlan(
                        Instant.parse("2026-12-01T07:00:00Z"),
                        Instant.parse("2026-12-01T07:01:00Z"),
                        true,
                        false,
                        false,
                        List.of()));
    }

    @Test
    void everyFieldOfTime() {
        WindowPlan plan = SpecReading.plan(
                window(
                        "{window: {start: '2026-12-01T09:00:00+01:00', durationSeconds: 7200}, backend: local, stop: true, afterWindow: ScaleToZero}",
                        ""),
                GuardRails.NONE);

        assertThat(plan)
                .isEqualTo(new WindowPlan(
                        Instant.parse("2026-12-01T08:00:00Z"),
                        Instant.parse("2026-12-01T10:00:00Z"),
                        false,
                        true,
                        true,
                        List.of()));
    }

    @Test
    void guardRailsAreHeldAgainstTheHostThatEgressWouldBeOpenedTo() {
        GuardRails rails = new GuardRails(Optional.empty(), List.of("api.openai.com"));
        String provider = "{window: {durationSeconds: 60}, backend: %s, provider: {url: '%s', model: m,"
                + " apiKeySecretRef: {name: s, key: k}}}";

        assertThat(SpecReading.plan(window(provider.formatted("provider", "wss://api.openai.com:443/v1"), ""), rails)
                        .broken())
                .isEmpty();
        assertThat(SpecReading.plan(
                                window(provider.formatted("provider", "wss://api.openai.com.evil.example/"), ""), rails)
                        .broken())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith("spec.provider.url names the host api.openai.com.evil.example, but"));
        assertThat(SpecReading.plan(window(provider.formatted("provider", "not a url"), ""), rails)
                        .broken())
                .hasSize(1);
        assertThat(SpecReading.plan(window(provider.formatted("local", "wss://evil.example"), ""), rails)
                        .broken())
                .as("a local window opens no egress")
                .isEmpty();
    }

    @Test
    void newWindowHasNoHistory() {
        assertThat(SpecReading.history(window("window: {durationSeconds: 60}", "")))
                .isEqualTo(WindowHistory.NONE);
    }

    @Test
    void historyIsWhatTheStatusSaysAndForeignConditionsAreLeftOut() {
        WindowHistory history = SpecReading.history(window("window: {durationSeconds: 60}", """
                status:
                  phase: Closing
                  window: {endsAt: "2026-12-01T07:00:30.500Z", openedAt: "2026-12-01T07:00:00.123Z"}
                  conditions:
                  - {type: EgressClosed, status: "False", reason: ProviderSocketsOpen, message: m}
                  - {type: EgressOpen, status: "False", reason: AReasonOfTomorrow, message: m}
                  - {type: Foreign, status: "True", reason: Verified, message: m}
                """));

        assertThat(history.phase()).contains(WindowPhase.CLOSING);
        assertThat(history.endsAt()).contains(Instant.parse("2026-12-01T07:00:30.500Z"));
        assertThat(history.openedAt()).contains(Instant.parse("2026-12-01T07:00:00.123Z"));
        assertThat(history.closedAt()).isEmpty();
        assertThat(history.facts()).containsOnlyKeys(FactType.EGRESS_CLOSED);
    }

    private static TestWindow window(String spec, String status) {
        String body = spec.startsWith("{") ? "spec: " + spec : "spec:\n  " + spec;
        return new KubernetesSerialization()
                .unmarshal(
                        "---\nmetadata: {name: pilot, namespace: voice, creationTimestamp: \"2026-12-01T07:00:00Z\"}\n"
                                + body + "\n" + status,
                        TestWindow.class);
    }
}
