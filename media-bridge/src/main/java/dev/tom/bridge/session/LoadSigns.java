package dev.tom.bridge.session;

import dev.tom.bridge.speech.LocalStrain;

/** Where the desk sees how loaded the pod is. Asked about once a second, by one reader; thread-safe. */
public interface LoadSigns {

    /** Nothing is measured. */
    LoadSigns NONE = new LoadSigns() {
        @Override
        public long loopLateMillis() {
            return 0;
        }

        @Override
        public LocalStrain localStrain() {
            return LocalStrain.NONE;
        }
    };

    /** How late the latest event loop ran its timers, on average since it was asked last, in milliseconds. */
    long loopLateMillis();

    /** How the local pipeline coped since it was asked last. */
    LocalStrain localStrain();
}
