package dev.tom.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class ClusterChoiceTest {

    @TempDir
    Path folder;

    private ClusterSettings nothing() {
        return new ClusterSettings(
                Optional.empty(), List.of(), folder, Optional.empty(), List.of(), Optional.empty(), false);
    }

    @Test
    void theOrderIsTheOneOfTheDocumentation() {
        assertThat(ClusterSource.inOrder())
                .extracting(source -> source.getClass().getSimpleName())
                .containsExactly(
                        "NamedKubeconfig", "DockerCluster", "PresentBinaries", "DownloadedBinaries", "BuiltBinaries");
    }

    @Test
    void whereNothingWorksTheMessageSaysWhatToDoAndWhatWasTried() {
        assertThatThrownBy(() -> TestCluster.start(nothing(), line -> {}))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessageContaining(
                        "start Docker, or install Go 1.24 or newer, or name a kubeconfig in TOM_TEST_KUBECONFIG")
                .hasMessageContaining("no Docker engine answers")
                .hasMessageContaining("downloads are off");
    }

    @Test
    void aNamedKubeconfigThatCannotBeReadIsAFailureAndNotAReasonToTakeAnotherCluster() {
        var settings = new ClusterSettings(
                Optional.of(folder.resolve("missing")),
                List.of(),
                folder,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false);
        assertThatThrownBy(() -> TestCluster.start(settings, line -> {}))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessageContaining("TOM_TEST_KUBECONFIG names")
                .hasMessageContaining("which cannot be read");
    }

    @Test
    void withoutAClusterATestIsSkippedAndInCiItFails() {
        var reason = new ClusterUnavailableException("no cluster");
        assertThatThrownBy(() -> new ClusterExtension.NotThere(reason, false).get())
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("no cluster");
        assertThatThrownBy(() -> new ClusterExtension.NotThere(reason, true).get())
                .isSameAs(reason);
    }

    @Test
    void theEnvironmentIsRead() {
        ClusterSettings read = ClusterSettings.from(
                Map.of("HOME", "/home/ada", "CI", "true", "TOM_TEST_KUBECONFIG", "/from/env", "DOCKER_HOST", " "),
                Map.of("tom.root", "/checkout")::get);

        assertThat(read.kubeconfig()).contains(Path.of("/from/env"));
        assertThat(read.ci()).isTrue();
        assertThat(read.root()).isEqualTo(Path.of("/checkout"));
        assertThat(read.dockerHost()).isEmpty();
        assertThat(read.binaries()).containsExactly(Path.of("/home/ada/.kubeapitest"));
    }

    @Test
    void theSystemPropertyComesBeforeTheEnvironment() {
        ClusterSettings read = ClusterSettings.from(
                Map.of("TOM_TEST_KUBECONFIG", "/from/env"), Map.of("TOM_TEST_KUBECONFIG", "/from/property")::get);

        assertThat(read.kubeconfig()).contains(Path.of("/from/property"));
        assertThat(read.ci()).isFalse();
    }

    @Test
    void onlyAFolderWithAControllerManagerIsTakenAndOfTwoTheNewer() throws IOException {
        program("1.34.4", "etcd", "kube-apiserver", "kube-controller-manager");
        program("1.9.9", "etcd", "kube-apiserver", "kube-controller-manager");
        program("1.35.0", "etcd", "kube-apiserver");

        assertThat(PresentBinaries.complete(folder).map(Path::getFileName).map(Path::toString))
                .contains("1.34.4-" + Platform.ofThisMachine());
    }

    @Test
    void foldersAreNamedAsGoNamesPlatforms() {
        assertThat(Platform.name("Linux", "amd64")).isEqualTo("linux-amd64");
        assertThat(Platform.name("Mac OS X", "aarch64")).isEqualTo("darwin-arm64");
    }

    private void program(String version, String... names) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("k8s/" + version + "-" + Platform.ofThisMachine()));
        for (String name : names) {
            Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\necho I am no " + name + "\nexit 7\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }
}
