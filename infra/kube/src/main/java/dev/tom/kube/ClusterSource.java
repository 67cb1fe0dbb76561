package dev.tom.kube;

import java.util.List;
import java.util.function.Consumer;

/** One way to a cluster. The order of {@link #inOrder()} is the order of preference. */
sealed interface ClusterSource
        permits NamedKubeconfig, DockerCluster, PresentBinaries, DownloadedBinaries, BuiltBinaries {

    /**
     * Starts or connects, or says why this way is closed here.
     *
     * @param progress takes sentences for the user while something takes long
     * @throws ClusterUnavailableException when the way was asked for by name and does not work: no other is tried
     */
    Outcome open(ClusterSettings settings, Consumer<String> progress);

    static List<ClusterSource> inOrder() {
        return List.of(
                new NamedKubeconfig(),
                new DockerCluster(),
                new PresentBinaries(),
                new DownloadedBinaries(),
                new BuiltBinaries());
    }

    /** What came of one way. */
    sealed interface Outcome {

        /** A cluster that answers. */
        record Opened(TestCluster cluster) implements Outcome {}

        /** No cluster this way; the reason is a short clause. */
        record NotHere(String reason) implements Outcome {}
    }
}
