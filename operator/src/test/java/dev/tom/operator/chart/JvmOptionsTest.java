package dev.tom.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {

    /** What is measured with {@code operator.options} is what runs in a pod. */
    @Test
    void theChartPassesTheOptionsThatTestsRunWith() throws IOException {
        String options;
        try (var lines = Files.lines(Path.of("operator.options"))) {
            options = lines.filter(line -> !line.startsWith("#")).collect(Collectors.joining(" "));
        }
        Path root = Path.of(System.getProperty("tom.root", ".."));
        assertThat(Files.readString(root.resolve("helm/tom/templates/deployment.yaml")))
                .contains("- name: JAVA_TOOL_OPTIONS\n              value: >-\n                " + options + "\n");
    }
}
