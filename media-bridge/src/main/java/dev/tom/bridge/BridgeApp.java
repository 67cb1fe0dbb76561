package dev.tom.bridge;

import dev.tom.bridge.call.egress.EgressAsks;
import dev.tom.bridge.call.egress.EgressTerms;
import dev.tom.bridge.config.BridgeConfig;
import dev.tom.bridge.config.ConfigException;
import dev.tom.bridge.config.ConfigWatcher;
import dev.tom.bridge.config.LiveConfig;
import dev.tom.bridge.cost.CostLedger;
import dev.tom.bridge.cost.CostObserver;
import dev.tom.bridge.cost.journal.JournalOrigin;
import dev.tom.bridge.cost.tariff.SegmentCost;
import dev.tom.bridge.cost.tariff.Tariff;
import dev.tom.bridge.cost.tariff.TariffException;
import dev.tom.bridge.egress.EgressGuard;
import dev.tom.bridge.observe.AdminServer;
import dev.tom.bridge.observe.BridgeGauges;
import dev.tom.bridge.observe.BridgeObserver;
import dev.tom.bridge.observe.BridgeStatus;
import dev.tom.bridge.observe.CallLogContext;
import dev.tom.bridge.observe.LoopWatch;
import dev.tom.bridge.observe.MeterBook;
import dev.tom.bridge.observe.Readiness;
import dev.tom.bridge.preflight.Preflight;
import dev.tom.bridge.session.CallDesk;
import dev.tom.bridge.session.LoadSigns;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.LocalStrain;
import dev.tom.bridge.speech.local.AnnouncementBackend;
import dev.tom.bridge.speech.local.LocalSettings;
import dev.tom.bridge.speech.realtime.RealtimeBackend;
import dev.tom.bridge.telephony.TelephonyLimits;
import dev.tom.bridge.telephony.TelephonyServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bridge, wired by hand. {@link #start} binds the ports; {@link #stop} lets live calls finish and loses no cost record. */
public final class BridgeApp {

    private static final Logger log = LoggerFactory.getLogger(BridgeApp.class);
    private static final int LOOPS = VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;
    private static final Duration STEP = Duration.ofSeconds(5);

    private final BridgeConfig config;
    private final Optional<ConfigWatcher> watcher;
    private final String pod;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Vertx vertx;
    private final MeterBook book = new MeterBook();
    private final Readiness readiness = new Readiness();
    private final EgressGuard guard;
    private final CostLedger ledger;
    private final BridgeObserver observer;
    private final LocalPipeline local;
    private final CallDesk desk;
    private final Preflight preflight;
    private final LoopWatch loops;
    private final AdminServer admin;
    private final TelephonyServer telephony;

    private volatile LiveConfig live;
    private volatile int telephonyPort;
    private volatile int adminPort;

    /**
     * @param config what it is like
     * @param watcher whose changes it follows, when there is a mounted directory
     * @param pod name of the pod or host, for the status page
     * @throws ConfigException when the tariff or the directory of the cost records cannot be used
     */
    public BridgeApp(BridgeConfig config, Optional<ConfigWatcher> watcher, String pod, InstantSource clock) {
        this.config = config;
        this.watcher = watcher;
        this.pod = pod;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.live = config.live();
        Tariff tariff = tariff(config, startedAt);
        this.vertx = Vertx.vertx();
        this.guard = new EgressGuard(clock);
        var counted = new CountedCosts();
        this.ledger = new CostLedger(
                config.cost(),
                tariff,
                JournalOrigin.of(pod, config.window(), config.realtime().model(), startedAt),
                counted,
                clock);
        this.observer = new BridgeObserver(book, ledger);
        counted.observer = Optional.of(observer);
        var announcement = new AnnouncementBackend(vertx);
        this.local = new LocalPipeline(vertx, config.local(), announcement, readiness);
        var provider = new RealtimeBackend(vertx, config.realtime(), guard, guard);
        this.desk = new CallDesk(
                vertx,
                config.desk(),
                new CallDesk.Backends(provider, local.backend(), announcement, local.filler(), announcement),
                guard,
                observer,
                clock);
        this.preflight = new Preflight(
                new Preflight.Surroundings(
                        config.realtime().url(),
                        config.realtime().proxy().map(proxy -> URI.create("http://" + proxy)),
                        config.local().map(LocalSettings::workerUrl),
                        local::warm,
                        config.cost().directory(),
                        provider::reached),
                guard,
                clock);
        this.loops = new LoopWatch(vertx, book);
        this.admin = new AdminServer(
                vertx,
                config.admin(),
                new AdminServer.Pages(book::scrape, this::status, loops::notHealthy, readiness::notReadyBecause));
        this.telephony = new TelephonyServer(
                vertx,
                config.telephony(),
                TelephonyLimits.DEFAULT.withMessagesPerSecond(config.telephony().messagesPerSecond()),
                new CallLogContext(desk),
                observer,
                clock);
    }

    /** Starts and waits until both ports are bound. */
    public BridgeApp start() {
        config.warnings().forEach(log::warn);
        guard.onClosing(reason -> desk.egressClosed(reason.label()));
        guard.start().configured(config.live().egress());
        ledger.start();
        preflight.asked(config.live().asks());
        preflight.start();
        BridgeGauges.bind(book, desk::snapshot, guard::snapshot);
        BridgeGauges.bindCosts(book, ledger::waiting);
        desk.watch(new Signs());
        await(loops.start(LOOPS), STEP);
        adminPort = await(admin.start(), STEP);
        telephonyPort = await(telephony.start(LOOPS), STEP);
        watcher.ifPresent(changes -> changes.start(new LiveChanges()));
        local.warmUp();
        desk.tryProvider();
        log.info(
                "Bridge {}: telephone sockets on {}:{}{}, admin on {}:{}, configuration {}",
                config.window().isEmpty() ? pod : config.window(),
                config.telephony().host(),
                telephonyPort,
                "/v1/fork",
                config.admin().host(),
                adminPort,
                live.hash());
        return this;
    }

    /** Port of the telephone sockets. */
    public int telephonyPort() {
        return telephonyPort;
    }

    /** Port of the admin server. */
    public int adminPort() {
        return adminPort;
    }

    /** The bridge now, as its status page shows it. */
    public BridgeStatus status() {
        return new BridgeStatus(
                config.window(),
                pod,
                startedAt,
                clock.instant(),
                live.hash(),
                desk.snapshot(),
                guard.snapshot(),
                observer.counts(),
                ledger.status(),
                preflight.snapshot(),
                readiness.draining());
    }

    /** Stops, and waits for live calls as long as the grace lasts; see {@link #stop(Duration, CompletableFuture)}. */
    public boolean stop(Duration grace) {
        return stop(grace, new CompletableFuture<>());
    }

    /**
     * Stops: not ready, no new calls, live calls finish, those that take longer are cut; then sockets, ledger and the rest are closed.
     *
     * @param grace how long live calls may take
     * @param hurry completed when nobody wants to wait any longer
     * @return whether all calls had finished
     */
    public boolean stop(Duration grace, CompletableFuture<?> hurry) {
        readiness.drain();
        watcher.ifPresent(ConfigWatcher::close);
        boolean finished = new Drain(desk, grace, hurry).await();
        if (!finished) {
            desk.cut();
            completes(desk.drain(), STEP);
        }
        completes(telephony.stop(), STEP);
        completes(desk.drain(), STEP);
        preflight.close();
        guard.close();
        ledger.close();
        completes(admin.stop(), STEP);
        completes(vertx.close(), STEP);
        log.info("The bridge has stopped; {} cost records", ledger.account().records());
        return finished;
    }

    private static Tariff tariff(BridgeConfig config, Instant now) {
        config.cost().problem().ifPresent(problem -> {
            throw new ConfigException(problem);
        });
        Tariff tariff;
        try {
            tariff = config.cost().tariff().map(Tariff::read).orElseGet(Tariff::builtIn);
        } catch (TariffException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        String model = config.realtime().model();
        if (config.live().backend() == BackendKind.PROVIDER
                && tariff.at(now).flatMap(version -> version.prices(model)).isEmpty()) {
            log.warn(
                    "The tariff {} has no price now for REALTIME_MODEL={}: records carry tokens but no cost; add the model, or a"
                            + " version that holds today",
                    config.cost().tariff().map(Path::toString).orElse("that is built in"),
                    model);
        }
        return tariff;
    }

    private static <T> T await(Future<T> future, Duration atMost) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("it took longer than " + atMost.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static boolean completes(Future<?> future, Duration atMost) {
        try {
            await(future, atMost);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Where the desk sees how loaded the pod is. */
    private final class Signs implements LoadSigns {
        @Override
        public long loopLateMillis() {
            return loops.lateMillis();
        }

        @Override
        public LocalStrain localStrain() {
            return local.strain();
        }
    }

    /** What a change of the mounted directory changes here. */
    private final class LiveChanges implements ConfigWatcher.Listener {
        @Override
        public void changed(LiveConfig changed) {
            live = changed;
            boolean before = guard.openForNewSessions();
            desk.settings(config.desk(changed));
            guard.configured(changed.egress());
            preflight.asked(changed.asks());
            if (!before) {
                desk.tryProvider();
            }
        }

        @Override
        public void unreadable() {
            preflight.asked(EgressAsks.NONE);
            guard.configured(new EgressTerms.Unreadable());
        }
    }

    /** The ledger tells the observer of costs, and the observer the ledger of segments; one has to come first. */
    private static final class CountedCosts implements CostObserver {
        private volatile Optional<BridgeObserver> observer = Optional.empty();

        @Override
        public void charged(BackendKind backend, SegmentCost cost) {
            observer.ifPresent(counts -> counts.charged(backend, cost));
        }

        @Override
        public void waiting(int records) {
            observer.ifPresent(counts -> counts.waiting(records));
        }
    }
}
