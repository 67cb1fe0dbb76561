package dev.tom.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Gives a {@link TestCluster}, or its {@link KubernetesClient}, to constructors, tests and life-cycle methods. All test classes of a
 * JVM share one cluster, started for the first who asks and ended with the JVM's last test: work in a namespace of your own.
 *
 * <p>Where no cluster can be had, the test is skipped with one sentence; with {@code CI=true} in the environment it fails.
 */
public final class ClusterExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(ClusterExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestCluster.class || type == KubernetesClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = parameter.isAnnotated(OwnCluster.class)
                ? ofClass(context).getStore(STORE)
                : context.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, STORE);
        TestCluster cluster = store.computeIfAbsent(
                        parameter.isAnnotated(OwnCluster.class) ? OwnCluster.class : Shared.class,
                        key -> Shared.start(),
                        Shared.class)
                .get();
        return parameter.getParameter().getType() == TestCluster.class ? cluster : cluster.client();
    }

    private static ExtensionContext ofClass(ExtensionContext context) {
        ExtensionContext found = context;
        while (found.getTestMethod().isPresent() && found.getParent().isPresent()) {
            found = found.getParent().get();
        }
        return found;
    }

    /** A cluster, or why there is none. Found out once, because finding out may take minutes. */
    sealed interface Shared extends AutoCloseable {

        TestCluster get();

        @Override
        void close();

        @SuppressWarnings("SystemOut") // the log of a test run must name its cluster, whatever its logging is
        static Shared start() {
            ClusterSettings settings = ClusterSettings.fromEnvironment();
            try {
                return new There(TestCluster.start(settings, System.out::println));
            } catch (ClusterUnavailableException e) {
                return new NotThere(e, settings.ci());
            }
        }
    }

    record There(TestCluster get) implements Shared {
        @Override
        public void close() {
            get.close();
        }
    }

    record NotThere(ClusterUnavailableException reason, boolean ci) implements Shared {
        @Override
        public TestCluster get() {
            throw ci ? reason : new TestAbortedException(String.valueOf(reason.getMessage()));
        }

        @Override
        public void close() {}
    }
}
