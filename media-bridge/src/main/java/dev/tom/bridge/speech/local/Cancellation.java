package dev.tom.bridge.speech.local;

/** Ends a piece of work that nobody wants any more. Confined to the context of its call. */
final class Cancellation {

    private boolean cancelled;
    private Runnable action = () -> {};

    boolean isCancelled() {
        return cancelled;
    }

    /** What to do on {@link #cancel}; replaces what was set before. Runs at once when it is already cancelled. */
    void onCancel(Runnable newAction) {
        action = newAction;
        if (cancelled) {
            newAction.run();
        }
    }

    void cancel() {
        if (!cancelled) {
            cancelled = true;
            action.run();
        }
    }
}
