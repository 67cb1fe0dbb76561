package dev.tom.bridge.preflight;

import dev.tom.bridge.call.egress.EgressAsks;
import dev.tom.bridge.call.egress.EgressPermit;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what the bridge stands on, again and again, on two daemon threads of its own. Thread-safe. */
public final class Preflight implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Preflight.class);

    /** Worker and directory: an operator that asks each second or two sees a change soon. */
    private static final long SURROUNDINGS_MILLIS = 2_000;
    /** How soon an ask is obeyed. */
    private static final long ASKS_MILLIS = 250;

    private final WorkerReadiness worker;
    private final CostDirectory costs;
    private final ProviderWay way;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("preflight-", 0).factory());

    private volatile WorkerReadiness.Answer local = new WorkerReadiness.Answer(
            Finding.open("unknown", "The bridge is starting."), Finding.open("unknown", "The bridge is starting."));
    private volatile Finding costLog = Finding.open("unknown", "The bridge is starting.");

    /**
     * What is looked at.
     *
     * @param provider the provider's URL
     * @param proxy URL of the proxy that leads calls to it, {@code http://host:port}, where there is one
     * @param worker base address of the speech worker, where there is one
     * @param warm whether the local pipeline is warm
     * @param costs COST_LOG_DIR
     * @param reachedByCalls whether a session of this process has reached the provider
     */
    public record Surroundings(
            URI provider,
            Optional<URI> proxy,
            Optional<URI> worker,
            BooleanSupplier warm,
            Path costs,
            BooleanSupplier reachedByCalls) {}

    /** @param permit while it is open nothing is tried */
    public Preflight(Surroundings around, EgressPermit permit, InstantSource wall) {
        this(around, permit, wall, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    Preflight(Surroundings around, EgressPermit permit, InstantSource wall, SSLSocketFactory tls) {
        worker = new WorkerReadiness(around.worker(), around.warm());
        costs = new CostDirectory(around.costs());
        way = new ProviderWay(
                Route.ofCalls(Endpoint.of(around.provider()), around.proxy().map(Endpoint::of)),
                new WayTry(tls)::once,
                permit,
                around.reachedByCalls(),
                wall,
                System::nanoTime);
    }

    /** Begins to look. */
    public Preflight start() {
        repeat(this::surroundings, SURROUNDINGS_MILLIS);
        repeat(way::look, ASKS_MILLIS);
        return this;
    }

    /** The operator asks this from now on; from any thread. */
    public void asked(EgressAsks asks) {
        way.asked(asks);
    }

    public PreflightSnapshot snapshot() {
        return new PreflightSnapshot(
                local.local(), local.models(), costLog, way.finding(), way.triedAt(), way.canary());
    }

    private void surroundings() {
        costLog = costs.look();
        local = worker.look();
    }

    private void repeat(Runnable look, long millis) {
        var _ = threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        look.run();
                    } catch (RuntimeException | Error e) {
                        log.error("Preflight met an unexpected fault and goes on", e);
                    }
                },
                0,
                millis,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        worker.close();
    }
}
