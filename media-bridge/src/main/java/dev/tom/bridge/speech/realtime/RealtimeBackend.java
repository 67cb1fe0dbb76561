package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.call.egress.ProviderSockets;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** Opens sessions with the provider, never without a permit. */
public final class RealtimeBackend implements SpeechBackend {

    public RealtimeBackend(Vertx vertx, RealtimeSettings settings, EgressPermit permit, ProviderSockets sockets) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BackendKind kind() {
        return BackendKind.PROVIDER;
    }

    @Override
    public SpeechLink open(LinkRequest request, Consumer<SpeechEvent> events) {
        throw new UnsupportedOperationException();
    }
}
