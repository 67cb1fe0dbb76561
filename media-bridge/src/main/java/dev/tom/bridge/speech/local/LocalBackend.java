package dev.tom.bridge.speech.local;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** Answers with the speech worker and a language model. */
public final class LocalBackend implements SpeechBackend {

    public LocalBackend(Vertx vertx, LocalSettings settings) {
        throw new UnsupportedOperationException();
    }

    /** Asks the worker for one synthesis (the fillers, then cached) and one recognition; completes when both answered. */
    public Future<Void> warmUp() {
        throw new UnsupportedOperationException();
    }

    @Override
    public BackendKind kind() {
        return BackendKind.LOCAL;
    }

    @Override
    public SpeechLink open(LinkRequest request, Consumer<SpeechEvent> events) {
        throw new UnsupportedOperationException();
    }
}
