package dev.tom.bridge.speech.local;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** Says one recorded sentence when the caller has spoken and nothing better can answer. Needs no other process. */
public final class AnnouncementBackend implements SpeechBackend {

    public AnnouncementBackend(Vertx vertx) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BackendKind kind() {
        return BackendKind.ANNOUNCEMENT;
    }

    @Override
    public SpeechLink open(LinkRequest request, Consumer<SpeechEvent> events) {
        throw new UnsupportedOperationException();
    }
}
