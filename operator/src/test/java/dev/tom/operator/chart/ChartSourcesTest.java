package dev.tom.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chart can hold no file from outside its folder, so it carries copies. Each copy equals its source. */
class ChartSourcesTest {

    @ParameterizedTest
    @CsvSource({
        "crds/crds/testwindows.tom.dev-v1.yml, helm/tom/files/testwindows.tom.dev-v1.yml",
        "infra/monitoring/rules/tom.rules.yml, helm/tom/files/tom.rules.yml"
    })
    void theCopyEqualsItsSource(String source, String copy) {
        assertThat(Checkout.read(copy))
                .as("%s is a copy: cp %s %s", copy, source, copy)
                .isEqualTo(Checkout.read(source));
    }

    @Test
    void theReadmeNamesEveryValue() {
        JsonNode values = Serialization.unmarshal(Checkout.read("helm/tom/values.yaml"), JsonNode.class);
        String table = Checkout.read("helm/tom/README.md");
        for (String value : paths("", values)) {
            assertThat(table).as(value).containsPattern("[`.]" + Pattern.quote(value) + "[`.]");
        }
    }

    /** The settable paths; below a monitor the table names the last part only. */
    private static List<String> paths(String prefix, JsonNode node) {
        var paths = new ArrayList<String>();
        node.properties().forEach(entry -> {
            String path = prefix + entry.getKey();
            boolean whole = List.of("resources", "podSecurityContext", "securityContext")
                    .contains(path);
            if (entry.getValue().isObject() && !entry.getValue().isEmpty() && !whole) {
                paths.addAll(paths(path + ".", entry.getValue()));
            } else {
                paths.add(path.replaceFirst("^monitoring\\.(pod|service)Monitor\\.(?!enabled)", ""));
            }
        });
        return paths;
    }
}
