package dev.tom.bridge.session;

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
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Optional;
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
    private final Context control;
    private final PodRoute route;
    private final LiveCalls calls;
    private final Pod pod;
    private volatile DeskSettings settings;

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
        LongSupplier nowMillis = () -> nanos.getAsLong() / 1_000_000;
        calls = new LiveCalls(vertx, nowMillis);
        route = new PodRoute(permit, nowMillis, () -> this.settings.fallback(), new BreakerActions());
        pod = new DeskPod(
                backends, calls, route, this::routeOfNewCall, () -> this.settings, permit, observer, clock, nowMillis);
        control = vertx.getOrCreateContext();
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
        return new DeskSnapshot(calls.count(), next.backend(), next.reason(), calls.draining());
    }

    /** Refuses new calls; completes when the last live call has ended. */
    public Future<Void> drain() {
        return calls.drain();
    }

    private Decision decide() {
        return dev.tom.bridge.call.admission.Admission.decide(situation());
    }

    private Situation situation() {
        DeskSettings now = settings;
        return new Situation(
                calls.count(),
                now.maxCalls(),
                calls.draining(),
                now.preferred(),
                permit.openForNewSessions(),
                route.providerTrusted(),
                backends.hasLocal());
    }

    private BackendKind routeOfNewCall() {
        return dev.tom.bridge.call.admission.Admission.route(situation()).backend();
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
