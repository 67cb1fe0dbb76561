package dev.tom.operator;

import dev.tom.operator.apply.Applier;
import dev.tom.operator.observability.EventPublisher;
import dev.tom.operator.observability.HttpEndpoint;
import dev.tom.operator.observability.LogKeys;
import dev.tom.operator.observability.WindowMeters;
import dev.tom.operator.observe.BridgeClient;
import dev.tom.operator.observe.WorldReader;
import dev.tom.operator.reconcile.Reporter;
import dev.tom.operator.reconcile.TestWindowReconciler;
import dev.tom.operator.status.StatusPatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of the operator, wired by hand, from start to close. */
public final class OperatorProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);

    /** Keeps a deleted TestWindow until its egress is proven closed. */
    private static final String FINALIZER = "tom.dev/egress";

    private static final Duration MAX_INTERVAL = Duration.ofSeconds(30);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(5);

    private final BridgeClient bridges = new BridgeClient();
    private final Operator operator;
    private final HttpEndpoint http;
    private final Runnable lostLeadership;
    private volatile boolean started;

    /**
     * Builds the operator; {@link #start()} sets it going.
     *
     * @param client closed together with the operator
     * @param clock the wall clock
     * @param lostLeadership called when another replica has taken over: this process must end, and must not take long
     */
    public OperatorProcess(
            OperatorSettings settings, KubernetesClient client, InstantSource clock, Runnable lostLeadership) {
        this.lostLeadership = lostLeadership;
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        operator = new Operator(overrider -> configure(overrider, settings, client, registry));
        Applier applier = new Applier(client);
        Reporter reporter = new Reporter(
                applier,
                new StatusPatch(client),
                new EventPublisher(client, settings.instance()),
                new WindowMeters(registry),
                clock);
        var reconciler = new TestWindowReconciler(
                new WorldReader(client, bridges), applier, reporter, settings.defaults(), clock);
        operator.register(reconciler, controller -> {
            controller
                    .withName("testwindow")
                    .withFinalizer(FINALIZER)
                    .withRetry(retry())
                    .withReconciliationMaxInterval(MAX_INTERVAL);
            if (settings.namespaces().isEmpty()) {
                controller.watchingAllNamespaces();
            } else {
                controller.settingNamespaces(settings.namespaces());
            }
        });
        http = new HttpEndpoint(settings.httpPort(), registry, this::healthy, () -> started && healthy());
    }

    private void configure(
            ConfigurationServiceOverrider overrider,
            OperatorSettings settings,
            KubernetesClient client,
            PrometheusMeterRegistry registry) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(true)
                .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(registry))
                .withStopOnInformerErrorDuringStartup(true)
                .withReconciliationTerminationTimeout(FINISH_WITHIN);
        settings.leaseNamespace().ifPresent(namespace -> {
            // The SDK's own exit on losing the lease can deadlock with a shutdown hook; ours ends the process from
            // outside.
            overrider.withLeaderElectionConfiguration(
                    LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("tom-operator")
                            .withLeaseNamespace(namespace)
                            .withIdentity(settings.instance())
                            .withExitOnStopLeading(false)
                            .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::stoppedLeading, leader -> {}))
                            .build());
        });
    }

    /** Never gives up, and never waits long: a retry stands in for every other timer of its window. */
    private static Retry retry() {
        return new GenericRetry()
                .setInitialInterval(FIRST_RETRY.toMillis())
                .setIntervalMultiplier(1.5)
                .setMaxInterval(LAST_RETRY.toMillis())
                .withoutMaxAttempts();
    }

    /** Begins to look after windows; with leader election, once it leads. */
    public void start() {
        operator.start();
        started = true;
        LOG.atInfo().addKeyValue(LogKeys.PORT, http.port()).log("started");
    }

    /** Port of {@code /metrics}, {@code /healthz} and {@code /readyz}. */
    public int httpPort() {
        return http.port();
    }

    private boolean healthy() {
        return !started || operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    private void stoppedLeading() {
        if (started) {
            lostLeadership.run();
        }
    }

    /** Finishes what is being reconciled, for at most 5 s, and stops. */
    @Override
    public void close() {
        started = false;
        operator.stop();
        bridges.close();
        http.close();
    }
}
