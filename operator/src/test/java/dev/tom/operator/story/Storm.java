package dev.tom.operator.story;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** The same thing again and again, on a thread of its own. */
final class Storm implements AutoCloseable {

    private final AtomicInteger blows = new AtomicInteger();
    private final Thread thread;
    private volatile boolean over;

    Storm(IntConsumer blow) {
        thread = Thread.ofVirtual().start(() -> {
            while (!over) {
                blow.accept(blows.incrementAndGet());
            }
        });
    }

    int blows() {
        return blows.get();
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
