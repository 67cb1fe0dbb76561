package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One timer for all calls of an event loop, running while there are any. Confined to that event loop. */
final class LoopTicker {

    private static final Logger LOG = LoggerFactory.getLogger(LoopTicker.class);

    private final Vertx vertx;
    private final LongSupplier nowMillis;
    private final List<CallSession> calls = new ArrayList<>();
    private long timer;

    LoopTicker(Vertx vertx, LongSupplier nowMillis) {
        this.vertx = vertx;
        this.nowMillis = nowMillis;
    }

    void add(CallSession call) {
        calls.add(call);
        if (calls.size() == 1) {
            timer = vertx.setPeriodic(AudioFormat.FRAME_MILLIS, _ -> tick());
        }
    }

    void remove(CallSession call) {
        if (calls.remove(call) && calls.isEmpty()) {
            vertx.cancelTimer(timer);
        }
    }

    private void tick() {
        // Backwards, so that a call that ends in its own tick does not make another one miss a turn.
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (i < calls.size()) {
                tick(calls.get(i));
            }
        }
    }

    /** A fault in one call must not silence the others. */
    private void tick(CallSession call) {
        try {
            call.tick(nowMillis.getAsLong());
        } catch (RuntimeException e) {
            LOG.error("a call could not tick", e);
        }
    }
}
