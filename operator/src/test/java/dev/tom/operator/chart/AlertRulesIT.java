package dev.tom.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tom.kube.ClusterSettings;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool reads the rules and runs their tests. */
class AlertRulesIT {

    @BeforeAll
    static void promtool() {
        boolean there = ClusterSettings.fromEnvironment().ci() || runs();
        Assumptions.assumeTrue(
                there, "promtool is not in PATH: install Prometheus (Debian: apt-get install prometheus)");
    }

    private static boolean runs() {
        try {
            return promtool(Checkout.ROOT, "--version").exit() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theRulesAreValid() throws IOException {
        Answer answer = promtool(Checkout.RULES, "check", "rules", "tom.rules.yml");
        assertThat(answer.exit()).as(answer.text()).isZero();
        assertThat(answer.text()).contains("17 rules found");
    }

    @Test
    void everyAlertFiresWhenItMustAndOnlyThen() throws IOException {
        Answer answer = promtool(Checkout.RULES, "test", "rules", "tom.test.yml");
        assertThat(answer.exit()).as(answer.text()).isZero();
    }

    @Test
    void theConfigurationOfPrometheusIsValid() throws IOException {
        Answer answer = promtool(Checkout.RULES.resolveSibling("."), "check", "config", "prometheus.yml");
        assertThat(answer.exit()).as(answer.text()).isZero();
    }

    @Test
    void everyQueryOfTheDashboardIsValid(@TempDir Path folder) throws IOException {
        JsonNode dashboard =
                Serialization.unmarshal(Checkout.read("infra/monitoring/grafana/dashboards/tom.json"), JsonNode.class);
        var rules = new ArrayList<Map<String, String>>();
        for (String query : dashboard.findValuesAsText("expr")) {
            rules.add(Map.of(
                    "record",
                    "panel:query" + rules.size(),
                    "expr",
                    query.replace("$__rate_interval", "1m").replace("$__range", "1h")));
        }
        Files.writeString(
                folder.resolve("panels.yml"),
                Serialization.asYaml(Map.of("groups", List.of(Map.of("name", "panels", "rules", rules)))));

        Answer answer = promtool(folder, "check", "rules", "panels.yml");

        assertThat(answer.exit()).as(answer.text()).isZero();
        assertThat(answer.text()).contains(rules.size() + " rules found");
    }

    private record Answer(int exit, String text) {}

    private static Answer promtool(Path folder, String... arguments) throws IOException {
        var builder = new ProcessBuilder("promtool").directory(folder.toFile()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Answer(process.waitFor(), text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
