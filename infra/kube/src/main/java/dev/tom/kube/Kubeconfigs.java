package dev.tom.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** Text of kubeconfig files with one cluster and one user. */
final class Kubeconfigs {

    private Kubeconfigs() {}

    /**
     * A kubeconfig whose user has a bearer token.
     *
     * @param server address of the API server, {@code https://...}
     * @param caData base64 of its CA certificates in PEM
     */
    static String withToken(String server, String caData, String token) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                  - name: test
                    cluster:
                      server: %s
                      certificate-authority-data: %s
                users:
                  - name: test
                    user:
                      token: %s
                contexts:
                  - name: test
                    context:
                      cluster: test
                      user: test
                      namespace: default
                current-context: test
                """.formatted(server, caData, token);
    }

    /** A client that asks once and waits 5 s at most, where the usual one tries again for half a minute. */
    static KubernetesClient impatientClient(String kubeconfig) {
        Config config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(5_000)
                .withRequestTimeout(5_000)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
