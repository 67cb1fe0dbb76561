package dev.tom.bridge;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * SIGTERM, SIGINT and SIGHUP. The first asks for an end in good order, the second cuts the calls that are left, the third ends the process
 * as it stands. A shutdown hook could not tell the first from the second: the JVM takes no further signal once it shuts down.
 */
final class EndSignals {

    private static final Logger log = LoggerFactory.getLogger(EndSignals.class);
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");
    /** What a shell says of a process that a signal ended. */
    private static final int OF_SIGNAL = 128;

    private final CountDownLatch first = new CountDownLatch(1);
    private final CompletableFuture<Integer> second = new CompletableFuture<>();

    private EndSignals() {}

    /** Begins to listen. Where the JVM may not ({@code -Xrs}), a signal ends it as the system does. */
    static EndSignals install() {
        var signals = new EndSignals();
        for (String name : NAMES) {
            try {
                Signal.handle(new Signal(name), signals::came);
            } catch (IllegalArgumentException e) {
                log.warn("SIG{} cannot be heard, it ends the bridge without a drain: {}", name, e.getMessage());
            }
        }
        return signals;
    }

    /** Waits for the first. */
    void awaitFirst() {
        try {
            first.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Completed by the second, with its number. */
    CompletableFuture<Integer> second() {
        return second;
    }

    /** 0 after one signal, 128 and the number of the signal after two. */
    int exitCode() {
        return second.isDone() ? OF_SIGNAL + second.join() : 0;
    }

    private synchronized void came(Signal signal) {
        if (first.getCount() > 0) {
            first.countDown();
        } else if (!second.complete(signal.getNumber())) {
            Runtime.getRuntime().halt(OF_SIGNAL + signal.getNumber());
        }
    }
}
