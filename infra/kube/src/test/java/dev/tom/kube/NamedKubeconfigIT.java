package dev.tom.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ClusterExtension.class)
class NamedKubeconfigIT {

    @TempDir
    Path folder;

    private ClusterSettings naming(String kubeconfig) throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
        return new ClusterSettings(
                Optional.of(file), List.of(), folder, Optional.empty(), List.of(), Optional.empty(), false);
    }

    @Test
    void aNamedClusterIsUsedAndKeepsNothingOfOurs(TestCluster running) throws IOException {
        var lines = new ArrayList<String>();
        String namespace;
        try (TestCluster named = TestCluster.start(naming(running.kubeconfig()), lines::add)) {
            namespace = named.newNamespace("visitor");
        }
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("cluster: the cluster of TOM_TEST_KUBECONFIG " + folder);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> running.client().namespaces().withName(namespace).get() == null);
    }

    @Test
    void aNamedClusterThatIsDownIsAFailure(TestCluster running) throws IOException {
        String down = running.kubeconfig().replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:9");
        ClusterSettings settings = naming(down);
        assertThatThrownBy(() -> TestCluster.start(settings, line -> {}))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessageContaining("the cluster at https://127.0.0.1:9/")
                .hasMessageContaining("does not answer");
    }
}
