package dev.tom.bridge.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM while a tool works: it is told to end, and the process waits for its report. {@link #finished} has to be called when
 * everything is printed.
 */
final class StopSignal {

    /** Closing lines and writing a report takes less than this; a second Ctrl-C does not wait. */
    private static final long PATIENCE_SECONDS = 15;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile int exitCode = 1;

    private StopSignal(Runnable stop) {
        hook = Thread.ofPlatform().name("stop").unstarted(() -> end(stop));
    }

    static StopSignal to(Runnable stop) {
        StopSignal signal = new StopSignal(stop);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Everything is printed; gives the code back. */
    int finished(int code) {
        exitCode = code;
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // then the hook ends the process with the code
        }
        return code;
    }

    private void end(Runnable stop) {
        stop.run();
        try {
            boolean inTime = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Runtime.getRuntime().halt(inTime ? exitCode : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
