package dev.tom.kube;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What decides which cluster is used. {@link #fromEnvironment()} is the only reader of the environment in this module.
 *
 * @param kubeconfig file named by {@code TOM_TEST_KUBECONFIG} (system property or environment); used alone when present
 * @param binaries folders in the layout of kube-api-test, in the order in which they are looked at
 * @param root the checkout that holds {@code infra/kube}
 * @param dockerHost value of {@code DOCKER_HOST}, if set
 * @param dockerSockets Unix sockets where a Docker engine may answer
 * @param download where ready-made binaries may be had; empty: nothing is downloaded
 * @param ci {@code CI=true}: no cluster is a failure, not a reason to skip
 */
public record ClusterSettings(
        Optional<Path> kubeconfig,
        List<Path> binaries,
        Path root,
        Optional<String> dockerHost,
        List<Path> dockerSockets,
        Optional<Path> download,
        boolean ci) {

    /** Name of the system property and of the environment variable that name a kubeconfig file. */
    public static final String KUBECONFIG_NAME = "TOM_TEST_KUBECONFIG";

    public ClusterSettings {
        binaries = List.copyOf(binaries);
        dockerSockets = List.copyOf(dockerSockets);
    }

    /** Reads environment and system properties ({@code tom.root}, {@code TOM_TEST_KUBECONFIG}) of this JVM. */
    public static ClusterSettings fromEnvironment() {
        return from(System.getenv(), System::getProperty);
    }

    static ClusterSettings from(Map<String, String> env, Function<String, @Nullable String> properties) {
        Path home = Path.of(env.getOrDefault("HOME", "."));
        Path kubeApiTest = value(env, "KUBE_API_TEST_DIR").map(Path::of).orElse(home.resolve(".kubeapitest"));
        return new ClusterSettings(
                Optional.ofNullable(properties.apply(KUBECONFIG_NAME))
                        .or(() -> value(env, KUBECONFIG_NAME))
                        .map(Path::of),
                List.of(kubeApiTest),
                root(properties),
                value(env, "DOCKER_HOST"),
                dockerSockets(env, home),
                Optional.of(kubeApiTest),
                value(env, "CI")
                        .map(ci -> ci.toLowerCase(Locale.ROOT).equals("true"))
                        .orElse(false));
    }

    private static Optional<String> value(Map<String, String> env, String name) {
        return Optional.ofNullable(env.get(name)).filter(text -> !text.isBlank());
    }

    private static List<Path> dockerSockets(Map<String, String> env, Path home) {
        var sockets = new ArrayList<Path>();
        sockets.add(Path.of("/var/run/docker.sock"));
        value(env, "XDG_RUNTIME_DIR").ifPresent(folder -> sockets.add(Path.of(folder, "docker.sock")));
        sockets.add(home.resolve(".docker/run/docker.sock"));
        return sockets;
    }

    /** The checkout: named by {@code tom.root}, else the first folder upwards from the working directory that has infra/kube. */
    private static Path root(Function<String, @Nullable String> properties) {
        String named = properties.apply("tom.root");
        if (named != null) {
            return Path.of(named);
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("infra/kube/build"))) {
                return folder;
            }
        }
        return start;
    }
}
