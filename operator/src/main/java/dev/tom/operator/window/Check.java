package dev.tom.operator.window;

/** What preflight looks at. A window says which of them block its opening. */
public enum Check {
    SECRETS(FactType.PREFLIGHT_SECRETS),
    PROVIDER_REACHABLE(FactType.PREFLIGHT_PROVIDER_REACHABLE),
    LOCAL_BACKEND(FactType.PREFLIGHT_LOCAL_BACKEND),
    SPEECH_MODELS(FactType.PREFLIGHT_SPEECH_MODELS),
    COST_LOG(FactType.PREFLIGHT_COST_LOG),
    CAPACITY(FactType.PREFLIGHT_CAPACITY),
    MONITORING(FactType.PREFLIGHT_MONITORING);

    private final FactType fact;

    Check(FactType fact) {
        this.fact = fact;
    }

    /** The condition that shows its result. */
    public FactType fact() {
        return fact;
    }
}
