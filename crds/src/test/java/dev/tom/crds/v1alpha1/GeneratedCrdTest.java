package dev.tom.crds.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedCrdTest {

    private static final String FILE = "testwindows.tom.dev-v1.yml";
    private static final Path COMMITTED = Path.of("crds", FILE);
    /** A chart can only hold what is in its own folder. */
    private static final Path IN_THE_CHART = Path.of("..", "helm", "tom", "files", FILE);

    @Test
    void committedCrdIsWhatTheTypesSay(@TempDir Path fresh) throws IOException {
        new CRDGenerator()
                .inOutputDir(fresh.toFile())
                .forCRDVersions("v1")
                .withPostProcessor(new CrdShape())
                .customResourceClasses(TestWindow.class)
                .generate();
        if (Boolean.getBoolean("rewrite")) {
            Files.copy(fresh.resolve(FILE), COMMITTED, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(fresh.resolve(FILE), IN_THE_CHART, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(COMMITTED)
                .as("the committed CRD; after a change of the types run: ./mvnw -pl crds test -Drewrite=true")
                .hasSameTextualContentAs(fresh.resolve(FILE));
    }
}
