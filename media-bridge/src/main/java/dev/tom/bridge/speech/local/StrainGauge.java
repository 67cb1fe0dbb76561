package dev.tom.bridge.speech.local;

import dev.tom.bridge.speech.LocalStrain;
import java.util.concurrent.atomic.AtomicLong;

/** Sees how a process of the local pipeline copes with its work. Thread-safe. */
final class StrainGauge {

    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong longestWait = new AtomicLong();

    /** It refused a piece of work for want of room. */
    void refused() {
        refusals.incrementAndGet();
    }

    /** A piece of work waited so long for an engine, or was given up after so long. */
    void waited(long millis) {
        longestWait.accumulateAndGet(millis, Math::max);
    }

    /** Everything since it was asked last. */
    LocalStrain take() {
        return new LocalStrain(refusals.getAndSet(0), longestWait.getAndSet(0));
    }
}
