package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.speech.SilentLink;
import dev.tom.bridge.speech.SpeechEvent;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** A conversation that may not begin: says so and does nothing. */
final class RefusedLink extends SilentLink {

    private boolean closed;

    RefusedLink(Vertx vertx, Consumer<SpeechEvent> events, SpeechEvent.Failed why) {
        vertx.getOrCreateContext().runOnContext(later -> {
            if (!closed) {
                closed = true;
                events.accept(why);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
