package dev.tom.bridge.cost;

import dev.tom.bridge.cost.tariff.SegmentCost;
import dev.tom.bridge.speech.BackendKind;

/** Hears what is recorded, for metrics. Called on any thread: must not block. Thread-safe. */
public interface CostObserver {

    /** A segment was priced. */
    void charged(BackendKind backend, SegmentCost cost);

    /** So many records found the queue full and wait for room. */
    void waiting(int records);

    /** Hears nothing. */
    CostObserver NONE = new CostObserver() {
        @Override
        public void charged(BackendKind backend, SegmentCost cost) {
            // nobody counts
        }

        @Override
        public void waiting(int records) {
            // nobody counts
        }
    };
}
