package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One timer for all calls of an event loop, running while there are any. Confined to that event loop.
 *
 * <p>Calls tick in groups that take turns: each call every {@value AudioFormat#FRAME_MILLIS} ms, but not all at once, because what
 * arrives during a tick waits until its last frame is written.
 */
final class LoopTicker {

    private static final Logger LOG = LoggerFactory.getLogger(LoopTicker.class);

    /** Five milliseconds apart: a quarter of the calls at a time, and still only 200 wake-ups a second for any number of calls. */
    private static final int GROUPS = 4;

    private final Vertx vertx;
    private final LongSupplier nowMillis;
    private final List<List<CallSession>> groups = new ArrayList<>(GROUPS);
    private int calls;
    private int turn;
    private long timer;

    LoopTicker(Vertx vertx, LongSupplier nowMillis) {
        this.vertx = vertx;
        this.nowMillis = nowMillis;
        for (int i = 0; i < GROUPS; i++) {
            groups.add(new ArrayList<>());
        }
    }

    void add(CallSession call) {
        smallestGroup().add(call);
        calls++;
        if (calls == 1) {
            timer = vertx.setPeriodic(AudioFormat.FRAME_MILLIS / GROUPS, _ -> tick());
        }
    }

    void remove(CallSession call) {
        for (List<CallSession> group : groups) {
            if (group.remove(call)) {
                calls--;
                if (calls == 0) {
                    vertx.cancelTimer(timer);
                }
                return;
            }
        }
    }

    private List<CallSession> smallestGroup() {
        List<CallSession> smallest = groups.getFirst();
        for (List<CallSession> group : groups) {
            smallest = group.size() < smallest.size() ? group : smallest;
        }
        return smallest;
    }

    private void tick() {
        List<CallSession> group = groups.get(turn);
        turn = (turn + 1) % GROUPS;
        // Backwards, so that a call that ends in its own tick does not make another one miss a turn.
        for (int i = group.size() - 1; i >= 0; i--) {
            if (i < group.size()) {
                tick(group.get(i));
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
