package dev.tom.bridge.speech;

/** Who answers a call. The names in lower case are the values of REALTIME_BACKEND and of the {@code backend} label. */
public enum BackendKind {
    /** The cloud provider, speech to speech. Needs an open egress lease. */
    PROVIDER,
    /** The local pipeline: recognizer, language model, synthesizer. */
    LOCAL,
    /** A recorded sentence, when neither of the others can answer. */
    ANNOUNCEMENT;

    /** The name in settings, metrics and cost records. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
