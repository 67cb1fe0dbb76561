package dev.tom.kube;

/** What may go wrong with a control plane whose processes are ours. Each call returns when it is so. */
public interface Outages {

    /** Kills the API server: connections are reset, nothing answers. What is stored stays. */
    void stopApiServer();

    /** Starts it again at the same address, on the same store, and waits until it serves. */
    void startApiServer();

    /** Stops etcd in its tracks ({@code SIGSTOP}): every read that is not from a cache, and every write, waits. */
    void freezeStore();

    /** Lets etcd go on. */
    void thawStore();
}
