package dev.tom.bridge.telephony;

import java.util.Locale;

/** How a FreeSWITCH module takes answers. */
enum Playback {
    /** Binary messages, mixed into the call by the module as they come. */
    STREAM,
    /** Texts with a piece of audio each, which the dialplan's controller plays as files. */
    FILE;

    /** As in the parameter {@code playback}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
