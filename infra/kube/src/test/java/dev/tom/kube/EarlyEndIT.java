package dev.tom.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyEndIT {

    @TempDir
    Path folder;

    @Test
    void binariesThatEndEarlyAreAReasonWithTheirLastWords() throws IOException {
        program("1.34.4", "etcd", "kube-apiserver", "kube-controller-manager");
        var settings = new ClusterSettings(
                Optional.empty(), List.of(folder), folder, Optional.empty(), List.of(), Optional.empty(), false);
        var reasons = new ArrayList<String>();

        assertThatThrownBy(() -> TestCluster.start(settings, reasons::add))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessageContaining("kube-apiserver ended with exit status 7: I am no kube-apiserver");
    }

    private void program(String version, String... names) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("k8s/" + version + "-" + Platform.ofThisMachine()));
        for (String name : names) {
            Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\necho I am no " + name + "\nexit 7\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }
}
