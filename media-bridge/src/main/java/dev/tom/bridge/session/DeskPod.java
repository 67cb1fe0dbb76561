package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.call.CallSettings;
import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.NoticeAudio.Notice;
import dev.tom.bridge.speech.SpeechBackend;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The desk as its calls see it. */
record DeskPod(
        CallDesk.Backends backends,
        LiveCalls calls,
        PodRoute route,
        PodLoad load,
        Supplier<BackendKind> newCallRoute,
        Supplier<DeskSettings> settings,
        EgressPermit permit,
        CallObserver observer,
        InstantSource clock,
        LongSupplier monotonicMillis)
        implements Pod {

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
        return newCallRoute.get();
    }

    @Override
    public short[] notice(Notice notice, AudioFormat format) {
        return backends.notices().notice(notice, format);
    }

    @Override
    public CallSettings callSettings(boolean canTransfer) {
        DeskSettings now = settings.get();
        return CallSettings.DEFAULT
                .with(now.fallback().enabled(), backends.hasLocal())
                .withPatience(now.patienceMillis())
                .withProviderOpens(permit.openForNewSessions() && route.providerTrusted())
                .with(load.overflow(canTransfer));
    }

    @Override
    public long nowMillis() {
        return monotonicMillis.getAsLong();
    }

    @Override
    public void providerTrouble(FailureReason reason) {
        observer.troubled(reason);
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
    public void turnAbandoned(long waitedMillis) {
        route.turnAbandoned(waitedMillis);
    }

    @Override
    public void tick(CallSession call) {
        calls.tick(call);
    }

    @Override
    public void ended(CallSession call) {
        calls.remove(call);
    }
}
