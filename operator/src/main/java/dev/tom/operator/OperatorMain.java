package dev.tom.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator as a program. Settings come from {@code TOM_*} in the environment, the cluster from {@code KUBECONFIG} or, in a pod, from its
 * ServiceAccount. That account needs, in every watched namespace:
 *
 * <ul>
 *   <li>{@code tom.dev} testwindows: get, list, watch, patch; testwindows/status: patch; testwindows/finalizers: update
 *   <li>configmaps: list, watch, create, patch, update, delete
 *   <li>serviceaccounts, {@code policy} poddisruptionbudgets: list, watch, create, patch
 *   <li>services: list, watch, create, patch, delete; {@code apps} deployments: the same and get
 *   <li>{@code networking.k8s.io} networkpolicies: get, list, watch, create, patch, update, delete, deletecollection
 *   <li>{@code cilium.io} ciliumnetworkpolicies: get, list, watch, create, patch, update, delete, deletecollection
 *   <li>pods: get, list, watch, patch, delete
 *   <li>secrets: get, and neither list nor watch
 *   <li>{@code events.k8s.io} events: create, get, patch
 * </ul>
 *
 * <p>and, with leader election, in its own namespace {@code coordination.k8s.io} leases: get, create, update, patch.
 */
public final class OperatorMain {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);
    private static final int LOST_LEADERSHIP = 3;
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;

    private OperatorMain() {}

    /** Runs until it is told to end; exit status 2 for a setting that is wrong, 1 when the cluster cannot be used. */
    public static void main(String[] args) {
        try {
            OperatorSettings settings = OperatorSettings.from(System.getenv());
            // halt, not exit: shutdown hooks of a process that lost its lease must not hold up the new leader's world.
            var process = new OperatorProcess(
                    settings,
                    config(),
                    InstantSource.system(),
                    () -> Runtime.getRuntime().halt(LOST_LEADERSHIP));
            HeapKeeper.keep(process::hurries);
            Runtime.getRuntime().addShutdownHook(new Thread(process::close, "tom-shutdown"));
            process.start();
        } catch (OperatorSettings.BadSettingException e) {
            end(2, e);
        } catch (RuntimeException e) {
            LOG.debug("the whole story", e);
            end(1, e);
        }
    }

    /** Retries are the reconciler's business: the client's own would go on sleeping long after an API server has come back. */
    private static Config config() {
        return new ConfigBuilder(Config.autoConfigure(null))
                .withRequestRetryBackoffLimit(1)
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                .build();
    }

    private static void end(int status, RuntimeException cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = root == cause ? "" : " (" + root.getMessage() + ")";
        LOG.error("tom-operator cannot start: {}{}", cause.getMessage(), why);
        System.exit(status);
    }
}
