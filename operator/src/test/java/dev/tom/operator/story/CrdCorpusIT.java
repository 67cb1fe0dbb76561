package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import dev.tom.operator.chart.CustomResources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every resource of the corpus is shown to a real API server. {@code valid-*} is stored; {@code invalid-*} is refused with the sentence after
 * {@code # expect:}; {@code *-update-*} holds two documents, before (with the status that the operator would have written) and after.
 */
@ExtendWith(ClusterExtension.class)
class CrdCorpusIT {

    private static final Path ROOT = Path.of(System.getProperty("tom.root", ".."));
    private static final Path CORPUS = ROOT.resolve("crds/src/test/resources/corpus");
    private static final Path GOLDEN = Path.of("src", "test", "resources", "desired");
    private static final String EXPECT = "# expect: ";

    private final KubernetesClient client;
    private final String namespace;

    CrdCorpusIT(TestCluster cluster) {
        CustomResources.install(cluster.client());
        client = cluster.client();
        namespace = cluster.newNamespace("corpus");
    }

    @TestFactory
    List<DynamicTest> corpus() throws IOException {
        var files = new ArrayList<Path>();
        try (Stream<Path> corpus = Files.list(CORPUS);
                Stream<Path> golden = Files.walk(GOLDEN)) {
            corpus.forEach(files::add);
            golden.filter(file -> String.valueOf(file.getFileName()).startsWith("in-window"))
                    .forEach(files::add);
        }
        return files.stream()
                .sorted()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> check(file)))
                .toList();
    }

    @Test
    void theSampleOfTheReadmeIsStored() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        int begin = readme.indexOf("apiVersion: tom.dev/");
        GenericKubernetesResource stored = write(readme.substring(begin, readme.indexOf("```", begin)), false);
        assertThat(stored.getMetadata().getName()).isEqualTo("pilot");
    }

    private void check(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String text = Files.readString(file);
        List<String> documents = List.of(text.split("(?m)^---\n"));
        try {
            if (documents.size() == 2) {
                store(documents.getFirst());
            }
            String last = documents.getLast();
            if (name.startsWith("invalid-")) {
                String expected = text.lines().findFirst().orElse("").substring(EXPECT.length());
                assertThatThrownBy(() -> write(last, documents.size() == 2))
                        .isInstanceOfSatisfying(KubernetesClientException.class, refusal -> {
                            assertThat(refusal.getCode()).isEqualTo(422);
                            assertThat(refusal.getMessage()).contains(expected);
                        });
            } else {
                write(last, documents.size() == 2);
            }
        } finally {
            client.genericKubernetesResources("tom.dev/v1alpha1", "TestWindow")
                    .inNamespace(namespace)
                    .delete();
        }
    }

    private void store(String document) {
        GenericKubernetesResource stored = write(document, false);
        GenericKubernetesResource withStatus = read(document);
        if (withStatus.get("status") != null) {
            stored.setAdditionalProperty("status", withStatus.get("status"));
            client.resource(stored).inNamespace(namespace).updateStatus();
        }
    }

    private GenericKubernetesResource write(String document, boolean update) {
        var resource = client.resource(read(document)).inNamespace(namespace);
        return update ? resource.update() : resource.create();
    }

    private GenericKubernetesResource read(String document) {
        GenericKubernetesResource resource =
                client.getKubernetesSerialization().unmarshal(document, GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(namespace);
        return resource;
    }
}
