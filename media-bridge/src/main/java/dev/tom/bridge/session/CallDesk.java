package dev.tom.bridge.session;

import dev.tom.bridge.call.admission.AdmissionRules;
import dev.tom.bridge.call.admission.AdmissionRules.Decision;
import dev.tom.bridge.call.admission.AdmissionRules.Situation;
import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.FillerAudio;
import dev.tom.bridge.speech.NoticeAudio;
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
    private static final long TICK_MILLIS = 1_000;

    /**
     * The backends that calls are moved between.
     *
     * @param local the local pipeline; where there is none, the announcement takes its place, and the desk sees it by its kind
     * @param filler what bridges the wait after a move to the local pipeline
     * @param notices what callers hear for whom there is no room
     */
    public record Backends(
            SpeechBackend provider,
            SpeechBackend local,
            SpeechBackend announcement,
            FillerAudio filler,
            NoticeAudio notices) {

        /** Without recordings. */
        public Backends(SpeechBackend provider, SpeechBackend local, SpeechBackend announcement) {
            this(provider, local, announcement, FillerAudio.NONE, NoticeAudio.NONE);
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
    private final PodLoad load;
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
        load = new PodLoad(nowMillis, () -> this.settings.overload(), observer);
        pod = new DeskPod(
                backends,
                calls,
                route,
                load,
                this::routeOfNewCall,
                () -> this.settings,
                permit,
                observer,
                clock,
                nowMillis);
        control = vertx.getOrCreateContext();
        control.runOnContext(_ -> vertx.setPeriodic(TICK_MILLIS, _ -> tick()));
    }

    /** Has the desk look there for how loaded the pod is. */
    public void watch(LoadSigns signs) {
        load.watch(signs);
    }

    private void tick() {
        if (!calls.draining()) {
            route.tick();
        }
        load.measure();
    }

    @Override
    public Admission admit(Arrival arrival) {
        var comes = new AdmissionRules.Arrival(arrival.followsRedirects(), arrival.redirects());
        return switch (AdmissionRules.decide(situation(), comes, settings.overload())) {
            case Decision.Take _ -> new Admission.Accepted();
            case Decision.Refuse(int status, int retrySeconds, String reason) -> {
                observer.callEnded("", "refused");
                yield new Admission.Refused(status, retrySeconds, reason);
            }
            case Decision.Steer(String to, String reason) -> {
                observer.callEnded("", "steered");
                yield new Admission.Steered(to, reason);
            }
        };
    }

    /**
     * {@inheritDoc} Legs that were upgraded are taken, whatever was decided about new ones since; only the number is asked again, because
     * other legs may have become calls meanwhile.
     */
    @Override
    public TelephonyListener accepted(TelephonySocket socket) {
        int most = settings.maxCalls();
        if (calls.count() >= most) {
            observer.callEnded("", "refused");
            socket.close(1008, "all " + most + " calls of this pod are taken");
            return RefusedLeg.INSTANCE;
        }
        CallSession call = new CallSession(vertx.getOrCreateContext(), socket, pod);
        calls.add(call);
        return call;
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
            if (!calls.draining() && permit.openForNewSessions() && settings.preferred() == BackendKind.PROVIDER) {
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
        Decision.Take next = AdmissionRules.route(situation());
        return new DeskSnapshot(
                calls.count(),
                next.backend(),
                next.reason(),
                calls.draining(),
                load.state().rung());
    }

    /** Refuses new calls and tries the provider no more; completes when the last live call has ended. From any thread. */
    public Future<Void> drain() {
        load.drain();
        return calls.drain();
    }

    /** Ends the calls that still live, with 1001 and each in its own context. From any thread. */
    public void cut() {
        calls.forEach(CallSession::podStops);
    }

    private Situation situation() {
        DeskSettings now = settings;
        return new Situation(
                calls.count(),
                now.maxCalls(),
                load.state(),
                now.preferred(),
                permit.openForNewSessions(),
                route.providerTrusted(),
                backends.hasLocal());
    }

    private BackendKind routeOfNewCall() {
        return AdmissionRules.route(situation()).backend();
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
