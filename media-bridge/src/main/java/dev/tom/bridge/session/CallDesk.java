package dev.tom.bridge.session;

import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.telephony.CallAcceptor;
import dev.tom.bridge.telephony.TelephonyListener;
import dev.tom.bridge.telephony.TelephonySocket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/** Takes calls: admission, the register of live calls, the pod's route, drain. Thread-safe. */
public final class CallDesk implements CallAcceptor {

    /** The backends that calls are moved between. */
    public record Backends(SpeechBackend provider, SpeechBackend local, SpeechBackend announcement) {}

    public CallDesk(
            Vertx vertx,
            DeskSettings settings,
            Backends backends,
            EgressPermit permit,
            CallObserver observer,
            InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Admission admit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TelephonyListener accepted(TelephonySocket socket) {
        throw new UnsupportedOperationException();
    }

    /** Provider use ended (window end, early stop, doubt): every call on the provider moves now. From any thread. */
    public void egressClosed(String reason) {
        throw new UnsupportedOperationException();
    }

    /** New settings for new calls and for the breaker; live calls stay where they are. From any thread. */
    public void settings(DeskSettings settings) {
        throw new UnsupportedOperationException();
    }

    public DeskSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }

    /** Refuses new calls; completes when the last live call has ended. */
    public Future<Void> drain() {
        throw new UnsupportedOperationException();
    }
}
