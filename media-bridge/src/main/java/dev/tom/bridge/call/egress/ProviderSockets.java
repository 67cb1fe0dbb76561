package dev.tom.bridge.call.egress;

/** Knows every open provider socket of the pod, so that none can outlive the lease. Thread-safe. */
public interface ProviderSockets {

    /**
     * Enters a socket (also one that is still connecting).
     *
     * @param cut closes it at once and without a farewell; called from any thread, at most once
     * @return to be closed when the socket is gone, from any thread
     */
    Entry opened(Runnable cut);

    /** A socket's entry. */
    interface Entry extends AutoCloseable {
        @Override
        void close();
    }
}
