package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is looked at before a window opens. Each check has a condition Preflight and its name. */
public enum PreflightCheck {
    /** Every Secret that the spec names has its key, and a value that is long enough. */
    @JsonProperty("Secrets")
    SECRETS,
    /** A bridge pod reaches the provider: name, TCP, TLS. */
    @JsonProperty("ProviderReachable")
    PROVIDER_REACHABLE,
    /** The local pipeline is warm in every bridge pod. */
    @JsonProperty("LocalBackend")
    LOCAL_BACKEND,
    /** The speech worker of every bridge pod has its models. */
    @JsonProperty("SpeechModels")
    SPEECH_MODELS,
    /** Every bridge pod can write cost records. */
    @JsonProperty("CostLog")
    COST_LOG,
    /** As many bridge pods are ready as the spec asks for. */
    @JsonProperty("Capacity")
    CAPACITY,
    /** The API server serves PrometheusRule and PodMonitor. */
    @JsonProperty("Monitoring")
    MONITORING
}
