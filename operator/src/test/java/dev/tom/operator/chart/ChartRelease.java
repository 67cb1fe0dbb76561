package dev.tom.operator.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UpgradeCommand;
import dev.tom.kube.TestCluster;
import java.util.Map;

/**
 * The chart as a release {@code tom} in a namespace of a cluster, by the real Helm library.
 *
 * @param namespace of the release; it exists
 */
record ChartRelease(TestCluster cluster, String namespace) {

    private static final String NAME = "tom";

    /** Installs; keys of the values are paths such as {@code crds.install} or {@code watchNamespaces[0]}. */
    Release install(Map<String, Object> values) {
        InstallCommand command = new Helm(Checkout.CHART)
                .install()
                .withName(NAME)
                .withNamespace(namespace)
                .withKubeConfigContents(cluster.kubeconfig());
        values.forEach(command::set);
        return command.call();
    }

    Release upgrade(Map<String, Object> values) {
        UpgradeCommand command = new Helm(Checkout.CHART)
                .upgrade()
                .withName(NAME)
                .withNamespace(namespace)
                .withKubeConfigContents(cluster.kubeconfig());
        values.forEach(command::set);
        return command.call();
    }

    void uninstall() {
        Helm.uninstall(NAME)
                .withNamespace(namespace)
                .withKubeConfigContents(cluster.kubeconfig())
                .call();
    }
}
