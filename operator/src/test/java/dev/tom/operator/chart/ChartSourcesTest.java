package dev.tom.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

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
}
