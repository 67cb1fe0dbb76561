package dev.tom.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A cluster that the user names; it is taken or the tests fail, because silently taking another one would surprise. */
record NamedKubeconfig() implements ClusterSource {

    @Override
    public Outcome open(ClusterSettings settings, Consumer<String> progress) {
        if (settings.kubeconfig().isEmpty()) {
            return new Outcome.NotHere(ClusterSettings.KUBECONFIG_NAME + " not set");
        }
        Path file = settings.kubeconfig().get();
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ClusterUnavailableException(
                    "%s names %s, which cannot be read: name a kubeconfig file or unset it"
                            .formatted(ClusterSettings.KUBECONFIG_NAME, file),
                    e);
        }
        String server = Config.fromKubeconfig(text).getMasterUrl();
        try (KubernetesClient probe = Kubeconfigs.impatientClient(text)) {
            probe.getKubernetesVersion();
        } catch (KubernetesClientException e) {
            throw new ClusterUnavailableException(
                    "the cluster at %s, named by %s, does not answer: start it or unset %s"
                            .formatted(server, file, ClusterSettings.KUBECONFIG_NAME),
                    e);
        }
        return new Outcome.Opened(TestCluster.shared(
                text, "the cluster of " + ClusterSettings.KUBECONFIG_NAME + " " + file + " at " + server));
    }
}
