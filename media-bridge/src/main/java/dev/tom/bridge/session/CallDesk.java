package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.call.CallSettings;
import dev.tom.bridge.call.admission.Admission.Decision;
import dev.tom.bridge.call.admission.Admission.Situation;
import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.FillerAudio;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.telephony.CallAcceptor;
import dev.tom.bridge.telephony.TelephonyListener;
import dev.tom.bridge.telephony.TelephonySocket;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes calls: admission, the register of live calls, the pod's route, drain. Thread-safe.
 *
 * <p>With FALLBACK_POLICY=none the circuit breaker never opens, and a call whose provider fails hears the announcement; the end of the
 * window moves calls to the local pipeline all the same.
 */
public final class CallDesk implements CallAcceptor {

    private static final Logger LOG = LoggerFactory.getLogger(CallDesk.class);
    private static final long BREAKER_TICK_MILLIS = 1_000;

    /**
     * The backends that calls are moved between.
     *
     * @param local the local pipeline; where there is none, the announcement takes its place, and the desk sees it by its kind
     * @param filler what bridges the wait after a move to the local pipeline
     */
    public record Backends(
            SpeechBackend provider, SpeechBackend local, SpeechBackend announcement, FillerAudio filler) {

        /** Without a filler. */
        public Backends(SpeechBackend provider, SpeechBackend local, SpeechBackend announcement) {
            this(provider, local, announcement, FillerAudio.NONE);
        }

        boolean hasLocal() {
            return local.kind() == BackendKind.LOCAL;
        }
    }

    private final Vertx vertx;
    private final Backends backends;
    private final EgressPermit permit;
    private final CallObserver observer;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Context control;
    private final PodRoute route;
    private final Set<CallSession> calls = ConcurrentHashMap.newKeySet();
    private final Map<Thread, LoopTicker> tickers = new ConcurrentHashMap<>();
    private final Pod pod = new PodView();
    private final Promise<Void> drained = Promise.promise();
    private volatile DeskSettings settings;
    private volatile boolean draining;

    public CallDesk(
            Vertx vertx,
            DeskSettings settings,
            Backends backends,
            EgressPermit permit,
            CallObserver observer,
            InstantSource clock) {
        this(vertx, settings, backends, permit, observer, clock, System::nanoTime);
    }

    /**
     * @param nanos a monotonic clock like {@link System#nanoTime()}
     */
    CallDesk(
            Vertx vertx,
            DeskSettings settings,
            Backends backends,
            EgressPermit permit,
            CallObserver observer,
            InstantSource clock,
            LongSupplier nanos) {
        this.vertx = vertx;
        this.settings = settings;
        this.backends = backends;
        this.permit = permit;
        this.observer = observer;
        this.clock = clock;
        this.nanos = nanos;
        control = vertx.getOrCreateContext();
        route = new PodRoute(permit, pod::nowMillis, () -> this.settings.fallback(), new BreakerActions());
        control.runOnContext(_ -> vertx.setPeriodic(BREAKER_TICK_MILLIS, _ -> route.tick()));
    }

    @Override
    public Admission admit() {
        return switch (decide()) {
            case Decision.Take _ -> new Admission.Accepted();
            case Decision.Refuse(int status, String reason) -> {
                observer.callEnded("", "refused");
                yield new Admission.Refused(status, reason);
            }
        };
    }

    /** {@inheritDoc} Asked again here, because other legs may have become calls since the upgrade. */
    @Override
    public TelephonyListener accepted(TelephonySocket socket) {
        return switch (decide()) {
            case Decision.Take _ -> {
                CallSession call = new CallSession(vertx.getOrCreateContext(), socket, pod);
                calls.add(call);
                yield call;
            }
            case Decision.Refuse(int _, String reason) -> {
                observer.callEnded("", "refused");
                socket.close(1008, reason);
                yield RefusedLeg.INSTANCE;
            }
        };
    }

    /** Provider use ended (window end, early stop, doubt): every call on the provider moves now. From any thread. */
    public void egressClosed(String reason) {
        LOG.info("provider use has ended ({}): moving the calls that use it", reason);
        calls.forEach(CallSession::egressClosed);
    }

    /** New settings for new calls and for the breaker; live calls stay where they are. From any thread. */
    public void settings(DeskSettings changed) {
        settings = changed;
    }

    /**
     * Opens one provider session in the background and closes it, when the provider may be used. So a wrong key shows before a caller
     * finds it, and the first call finds name, TLS and code warm. A failure is logged and counts in the breaker. From any thread.
     */
    public void tryProvider() {
        control.runOnContext(_ -> {
            if (permit.openForNewSessions() && settings.preferred() == BackendKind.PROVIDER) {
                ProviderProbe.start(vertx, backends.provider(), this::providerTried);
            }
        });
    }

    private void providerTried(Optional<FailureReason> failure) {
        failure.ifPresentOrElse(
                reason -> {
                    LOG.warn("the provider was tried in the background and failed ({})", reason.label());
                    route.trouble(reason);
                },
                () -> LOG.info("the provider was tried in the background and is ready"));
    }

    public DeskSnapshot snapshot() {
        Decision.Take next = dev.tom.bridge.call.admission.Admission.route(situation());
        return new DeskSnapshot(calls.size(), next.backend(), next.reason(), draining);
    }

    /** Refuses new calls; completes when the last live call has ended. */
    public Future<Void> drain() {
        draining = true;
        completeWhenDrained();
        return drained.future();
    }

    private void completeWhenDrained() {
        if (draining && calls.isEmpty()) {
            drained.tryComplete();
        }
    }

    private Decision decide() {
        return dev.tom.bridge.call.admission.Admission.decide(situation());
    }

    private Situation situation() {
        DeskSettings now = settings;
        return new Situation(
                calls.size(),
                now.maxCalls(),
                draining,
                now.preferred(),
                permit.openForNewSessions(),
                route.providerTrusted(),
                backends.hasLocal());
    }

    private BackendKind routeOfNewCall() {
        return dev.tom.bridge.call.admission.Admission.route(situation()).backend();
    }

    /** The pod as its calls see it. */
    private final class PodView implements Pod {

        @Override
        public SpeechBackend backend(BackendKind kind) {
            return switch (kind) {
                case PROVIDER -> backends.provider();
                case LOCAL -> backends.local();
                case ANNOUNCEMENT -> backends.announcement();
            };
        }

        @Override
        public Optional<short[]> filler(AudioFormat format) {
            return backends.filler().filler(format);
        }

        @Override
        public BackendKind routeOfNewCall() {
            return CallDesk.this.routeOfNewCall();
        }

        @Override
        public CallSettings callSettings() {
            return CallSettings.DEFAULT.with(settings.fallback().enabled(), backends.hasLocal());
        }

        @Override
        public CallObserver observer() {
            return observer;
        }

        @Override
        public InstantSource clock() {
            return clock;
        }

        @Override
        public long nowMillis() {
            return nanos.getAsLong() / 1_000_000;
        }

        @Override
        public void providerTrouble(FailureReason reason) {
            route.trouble(reason);
        }

        @Override
        public void turnAnswered(BackendKind backend, long latencyMillis) {
            observer.turnAnswered(backend, latencyMillis);
            if (backend == BackendKind.PROVIDER) {
                route.turnAnswered(latencyMillis);
            }
        }

        @Override
        public void tick(CallSession call) {
            tickers.computeIfAbsent(Thread.currentThread(), _ -> new LoopTicker(vertx, pod::nowMillis))
                    .add(call);
        }

        @Override
        public void ended(CallSession call) {
            LoopTicker ticker = tickers.get(Thread.currentThread());
            if (ticker != null) {
                ticker.remove(call);
            }
            calls.remove(call);
            completeWhenDrained();
        }
    }

    private final class BreakerActions implements PodRoute.Actions {

        @Override
        public void leftProvider(String reason) {
            LOG.warn(
                    "the provider is left alone ({}): new calls go to {}",
                    reason,
                    routeOfNewCall().label());
            observer.podRoute(routeOfNewCall(), reason);
        }

        @Override
        public void returnedToProvider(String reason) {
            LOG.info("the provider may be used again ({})", reason);
            observer.podRoute(BackendKind.PROVIDER, reason);
        }

        @Override
        public void probe() {
            control.runOnContext(_ -> ProviderProbe.start(
                    vertx,
                    backends.provider(),
                    failure -> failure.ifPresentOrElse(route::probeFailed, route::probeSucceeded)));
        }
    }
}
