package dev.tom.bridge.session;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The register of live calls, and the ticker of each event loop that has some. Thread-safe. */
final class LiveCalls {

    private final Vertx vertx;
    private final LongSupplier nowMillis;
    private final Set<CallSession> calls = ConcurrentHashMap.newKeySet();
    private final Map<Thread, LoopTicker> tickers = new ConcurrentHashMap<>();
    private final Promise<Void> drained = Promise.promise();
    private volatile boolean draining;

    LiveCalls(Vertx vertx, LongSupplier nowMillis) {
        this.vertx = vertx;
        this.nowMillis = nowMillis;
    }

    void add(CallSession call) {
        calls.add(call);
    }

    /** Ticks this call on the event loop that runs now, which is the call's. */
    void tick(CallSession call) {
        tickers.computeIfAbsent(Thread.currentThread(), _ -> new LoopTicker(vertx, nowMillis))
                .add(call);
    }

    /** On the call's event loop. */
    void remove(CallSession call) {
        LoopTicker ticker = tickers.get(Thread.currentThread());
        if (ticker != null) {
            ticker.remove(call);
        }
        calls.remove(call);
        completeWhenDrained();
    }

    int count() {
        return calls.size();
    }

    void forEach(Consumer<CallSession> action) {
        calls.forEach(action);
    }

    boolean draining() {
        return draining;
    }

    /** Completes when no call is left. */
    Future<Void> drain() {
        draining = true;
        completeWhenDrained();
        return drained.future();
    }

    private void completeWhenDrained() {
        if (draining && calls.isEmpty()) {
            drained.tryComplete();
        }
    }
}
