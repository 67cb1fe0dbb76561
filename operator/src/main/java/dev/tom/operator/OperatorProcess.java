package dev.tom.operator;

import dev.tom.operator.apply.Applier;
import dev.tom.operator.apply.Fence;
import dev.tom.operator.cluster.ClusterClient;
import dev.tom.operator.leadership.Leadership;
import dev.tom.operator.observability.EventPublisher;
import dev.tom.operator.observability.HttpEndpoint;
import dev.tom.operator.observability.LogKeys;
import dev.tom.operator.observability.OperatorMeters;
import dev.tom.operator.observability.RequestMeter;
import dev.tom.operator.observability.Watchdog;
import dev.tom.operator.observability.WindowMeters;
import dev.tom.operator.observe.BridgeClient;
import dev.tom.operator.observe.ServedApis;
import dev.tom.operator.observe.WorldReader;
import dev.tom.operator.reconcile.Reporter;
import dev.tom.operator.reconcile.TestWindowReconciler;
import dev.tom.operator.status.StatusPatch;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    /** A start while the API server is away waits so long before it gives up: restarts in a row would be spaced out by the kubelet. */
    private static final Duration API_PATIENCE = Duration.ofMinutes(5);

    private static final Duration API_POLL = Duration.ofMillis(500);

    private final OperatorSettings settings;
    private final KubernetesClient client;
    private final Leadership leadership;
    private final RequestMeter requests;
    private final Watchdog watchdog = new Watchdog(System::nanoTime);
    private final BridgeClient bridges;
    private final TestWindowReconciler reconciler;
    private final Operator operator;
    private final HttpEndpoint http;
    private final Runnable lostLeadership;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean started;

    /**
     * Builds the operator; {@link #start()} sets it going.
     *
     * @param cluster how to reach the API server
     * @param clock the wall clock
     * @param lostLeadership called when another replica has taken over: this process must end, and must not take long
     */
    public OperatorProcess(OperatorSettings settings, Config cluster, InstantSource clock, Runnable lostLeadership) {
        this.settings = settings;
        this.lostLeadership = lostLeadership;
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var meters = new OperatorMeters(registry);
        leadership = new Leadership(settings.leaseNamespace().isPresent(), clock, System::nanoTime);
        requests = new RequestMeter(meters, System::nanoTime);
        client = ClusterClient.connect(cluster, List.of(leadership, requests));
        bridges = new BridgeClient(meters::asked);
        meters.leading(leadership::leads);
        operator = new Operator(overrider -> configure(overrider, registry));
        Applier applier = new Applier(client, new Fence(leadership::certain, clock), meters);
        Reporter reporter = new Reporter(
                applier,
                new StatusPatch(client, meters),
                new EventPublisher(client, settings.instance()),
                new WindowMeters(registry),
                clock);
        var apis = new ServedApis(client, clock);
        reconciler = new TestWindowReconciler(
                new WorldReader(client, bridges, apis, settings.defaults(), settings.rails(), clock),
                apis,
                applier,
                reporter,
                settings.defaults(),
                meters,
                leadership::leads,
                clock);
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

    private void configure(ConfigurationServiceOverrider overrider, PrometheusMeterRegistry registry) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(registry))
                .withStopOnInformerErrorDuringStartup(true)
                .withReconciliationTerminationTimeout(FINISH_WITHIN);
        settings.leaseNamespace().ifPresent(namespace -> {
            // The SDK's own exit on losing the lease can deadlock with a shutdown hook; ours ends the process from
            // outside.
            overrider.withLeaderElectionConfiguration(LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                            Leadership.LEASE)
                    .withLeaseNamespace(namespace)
                    .withIdentity(settings.instance())
                    .withLeaseDuration(Leadership.LEASE_DURATION)
                    .withRenewDeadline(Leadership.RENEW_DEADLINE)
                    .withRetryPeriod(Leadership.RETRY_PERIOD)
                    .withExitOnStopLeading(false)
                    .withLeaderCallbacks(new LeaderCallbacks(leadership::started, this::stoppedLeading, leader -> {}))
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

    /**
     * Begins to look after windows; with leader election, once it leads. Waits for an API server that is away, and returns early when closed
     * meanwhile.
     */
    public void start() {
        if (!apiServerCame()) {
            return;
        }
        operator.start();
        started = true;
        LOG.atInfo().addKeyValue(LogKeys.PORT, http.port()).log("started");
    }

    private boolean apiServerCame() {
        for (long tries = API_PATIENCE.dividedBy(API_POLL); tries > 0 && closing.getCount() > 0; tries--) {
            if (apiServerAnswers()) {
                return true;
            }
            LOG.debug("the API server does not answer yet");
            try {
                if (closing.await(API_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        // The start that follows says what is wrong.
        return closing.getCount() > 0;
    }

    /** Any answer but a failure of its own will do: what is forbidden or missing is told by the start itself. */
    private boolean apiServerAnswers() {
        try {
            client.raw("/version");
            return true;
        } catch (KubernetesClientException e) {
            return e.getCode() > 0 && e.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR;
        }
    }

    /** Port of {@code /metrics}, {@code /healthz} and {@code /readyz}. */
    public int httpPort() {
        return http.port();
    }

    /** Whether windows are being ended, or soon will be: what stops the process can wait. Any thread may ask. */
    public boolean hurries() {
        return reconciler.hurries();
    }

    /** A process that waits for the Lease, or for an API server that is away, is healthy. */
    private boolean healthy() {
        return !started
                || (leadership.alive()
                        && watchdog.fine(
                                operator.getRuntimeInfo().allEventSourcesAreHealthy(), requests.answersLately()));
    }

    private void stoppedLeading() {
        leadership.stopped();
        if (started) {
            lostLeadership.run();
        }
    }

    /** Finishes what is being reconciled, for at most 5 s, gives the Lease back, and stops. */
    @Override
    public void close() {
        closing.countDown();
        started = false;
        try {
            operator.stop();
            settings.leaseNamespace().ifPresent(this::release);
        } finally {
            bridges.close();
            client.close();
            http.close();
        }
    }

    private void release(String namespace) {
        try {
            leadership.release(client, namespace, settings.instance());
        } catch (KubernetesClientException e) {
            LOG.info("the Lease could not be given back and runs out: {}", e.getMessage());
        }
    }
}
