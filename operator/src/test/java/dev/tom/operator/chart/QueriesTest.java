package dev.tom.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Alerts and panels ask only for metrics that exist, and the panels cover what the runbook looks at. */
class QueriesTest {

    @Test
    void everyAlertAsksForKnownMetrics() {
        List<String> queries = expressions("infra/monitoring/rules/tom.rules.yml", "expr");
        assertThat(queries).hasSizeGreaterThanOrEqualTo(10);
        assertThat(Metrics.known()).containsAll(metrics(queries));
    }

    @Test
    void everyPanelAsksForKnownMetricsAndTheirSubjectsAreCovered() {
        Set<String> asked = metrics(expressions("infra/monitoring/grafana/dashboards/tom.json", "expr"));
        assertThat(Metrics.known()).containsAll(asked);
        assertThat(asked)
                .contains(
                        "tom_realtime_backend",
                        "tom_calls_active",
                        "tom_calls_total",
                        "tom_realtime_e2e_ms",
                        "tom_provider_failover_total",
                        "tom_call_failover_total",
                        "tom_provider_sockets_open",
                        "tom_egress_allowed",
                        "tom_cost_eur_total");
    }

    @Test
    void everyPanelReadsTheProvisionedDatasource() {
        String uid = yaml("infra/monitoring/grafana/provisioning/datasources/prometheus.yml")
                .at("/datasources/0/uid")
                .asText();
        JsonNode panels = yaml("infra/monitoring/grafana/dashboards/tom.json").path("panels");
        assertThat(panels)
                .isNotEmpty()
                .allSatisfy(panel ->
                        assertThat(panel.at("/datasource/uid").asText()).isEqualTo(uid));
    }

    @Test
    void everyAlertSaysWhatToDoAndHowBadItIs() {
        var names = new ArrayList<String>();
        for (JsonNode group : yaml("infra/monitoring/rules/tom.rules.yml").path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                if (rule.has("alert")) {
                    names.add(rule.path("alert").asText());
                    assertThat(rule.at("/labels/severity").asText())
                            .as(rule.path("alert").asText())
                            .isIn("critical", "warning");
                    assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
                    assertThat(rule.at("/annotations/description").asText()).isNotBlank();
                }
            }
        }
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "ProviderWithoutEgress",
                        "EgressOpenPastEnd",
                        "EgressNotVerified",
                        "EgressLeak",
                        "EgressNotEnforced",
                        "FailoverActive",
                        "ProviderLatencyHigh",
                        "ErrorBurst",
                        "BridgeDown",
                        "OperatorDown",
                        "Backpressure",
                        "CallsMixedUp",
                        "TelephoneCertificateExpires",
                        "CostBudget",
                        "CostRecordsWaiting");
    }

    @Test
    void composePinsItsImagesAndMountsFilesThatExist() {
        JsonNode services = yaml("infra/docker-compose.monitoring.yml").path("services");
        assertThat(services).hasSize(2).allSatisfy(service -> {
            assertThat(service.path("image").asText()).matches("[a-z]+/[a-z]+:v?\\d+\\.\\d+\\.\\d+");
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":", 2)[0];
                if (source.startsWith("./")) {
                    assertThat(Checkout.ROOT.resolve("infra").resolve(source)).exists();
                }
            }
            for (JsonNode port : service.path("ports")) {
                assertThat(port.asText()).startsWith("127.0.0.1:");
            }
        });
    }

    private static Set<String> metrics(List<String> queries) {
        var names = new TreeSet<String>();
        queries.forEach(query -> names.addAll(Metrics.in(query)));
        return names;
    }

    private static List<String> expressions(String file, String field) {
        return yaml(file).findValuesAsText(field);
    }

    private static JsonNode yaml(String file) {
        return Serialization.unmarshal(Checkout.read(file), JsonNode.class);
    }
}
