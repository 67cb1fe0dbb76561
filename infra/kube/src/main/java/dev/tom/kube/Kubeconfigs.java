package dev.tom.kube;

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
}
