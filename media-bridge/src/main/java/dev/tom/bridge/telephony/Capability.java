package dev.tom.bridge.telephony;

/** What a dialect of telephone sockets can do beyond playing audio. */
public enum Capability {
    /** Drops what the far side has queued, by itself and at once. */
    CLEAR,
    /** Reports when a place in the audio was played, and can be trusted in it. */
    MARK,
    /** Says when its queue is full and when there is room again. */
    FLOW_CONTROL,
    /** Ends the telephone call, not only the socket. */
    HANG_UP,
    /** Sends the caller to another extension. */
    TRANSFER
}
