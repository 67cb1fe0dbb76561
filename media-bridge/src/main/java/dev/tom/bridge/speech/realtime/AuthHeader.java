package dev.tom.bridge.speech.realtime;

/** Which header carries the key. */
public enum AuthHeader {
    /** {@link #API_KEY} for the hosts of Azure, else {@link #BEARER}. */
    AUTO,
    /** {@code Authorization: Bearer}. */
    BEARER,
    /** {@code api-key}. */
    API_KEY
}
