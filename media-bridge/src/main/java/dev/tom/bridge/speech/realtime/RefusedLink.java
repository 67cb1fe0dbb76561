package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** A conversation that may not begin: says so and does nothing. */
final class RefusedLink implements SpeechLink {

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
    public void audio(short[] frame) {}

    @Override
    public void turnStarted() {}

    @Override
    public void turnEnded() {}

    @Override
    public void interrupt(String answerId, long playedMillis) {}

    @Override
    public void answerNow() {}

    @Override
    public void close() {
        closed = true;
    }
}
