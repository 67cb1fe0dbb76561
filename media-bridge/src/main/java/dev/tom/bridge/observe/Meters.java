package dev.tom.bridge.observe;

import java.util.List;

/** The catalogue of the bridge's metrics; {@code docs/metrics.md} is generated from it. */
@SuppressWarnings("ImmutableEnumChecker") // the list is an immutable one, the array never leaves
public enum Meters {
    REALTIME_BACKEND(
            "tom_realtime_backend",
            Type.GAUGE,
            "1 or 0",
            List.of("backend"),
            "Where a call that starts now is taken: 1 for that backend, 0 for the others."),
    PROVIDER_FAILOVER(
            "tom_provider_failover_total",
            Type.COUNTER,
            "failovers",
            List.of("reason"),
            "The pod as a whole left the provider."),
    PROVIDER_ROTATIONS(
            "tom_provider_rotations_total",
            Type.COUNTER,
            "sessions",
            List.of("reason"),
            "A call changed to a fresh provider session: at a pause because of its age, because its limit was near, or because"
                    + " the provider had ended it."),
    PROVIDER_RATE_LIMIT(
            "tom_provider_rate_limit_remaining_ratio",
            Type.GAUGE,
            "0 to 1",
            List.of("name"),
            "What the provider said last was left of a rate limit."),
    CALL_FAILOVER(
            "tom_call_failover_total",
            Type.COUNTER,
            "calls",
            List.of("reason"),
            "A live call was moved to another backend."),
    REALTIME_E2E(
            "tom_realtime_e2e_ms",
            Type.HISTOGRAM,
            "milliseconds",
            List.of("backend"),
            "Last speech sample of the caller to first voiced answer frame on its way to the phone.",
            100,
            200,
            300,
            400,
            500,
            600,
            700,
            800,
            1_000,
            1_500,
            2_000,
            3_000,
            5_000),
    BACKPRESSURE(
            "tom_pipeline_backpressure_total",
            Type.COUNTER,
            "items",
            List.of("queue"),
            "A bounded queue was full: what was dropped, or had to wait where nothing may be dropped."),
    CALLS_ACTIVE("tom_calls_active", Type.GAUGE, "calls", List.of(), "Live calls."),
    CALLS(
            "tom_calls_total",
            Type.COUNTER,
            "calls",
            List.of("result"),
            "Calls that ended: completed, dropped, transferred or shed for want of room; and those not taken: refused or steered"
                    + " to another pod."),
    OVERLOAD(
            "tom_overload_rung",
            Type.GAUGE,
            "1 or 0",
            List.of("rung"),
            "How loaded the pod is: 1 for the highest rung that holds, 0 for the others."),
    BARGE_IN(
            "tom_telephony_barge_in_latency_seconds",
            Type.HISTOGRAM,
            "seconds",
            List.of(),
            "Onset of the caller's speech to the last answer frame that left, for answers that were cut off.",
            0.02,
            0.04,
            0.06,
            0.08,
            0.1,
            0.12,
            0.15,
            0.2,
            0.3,
            0.5),
    FALSE_BARGE_IN(
            "tom_telephony_false_barge_in_total",
            Type.COUNTER,
            "answers",
            List.of(),
            "Answers that paused for a sound of the caller that was no interruption, and went on."),
    STT_LATENCY(
            "tom_stt_latency_seconds",
            Type.HISTOGRAM,
            "seconds",
            List.of(),
            "Working time of the local recognizer for one utterance.",
            0.1,
            0.2,
            0.3,
            0.5,
            0.8,
            1,
            1.5,
            2,
            3,
            5),
    LLM_LATENCY(
            "tom_llm_latency_seconds",
            Type.HISTOGRAM,
            "seconds",
            List.of(),
            "Working time of the local language model for one answer.",
            0.1,
            0.2,
            0.3,
            0.5,
            0.8,
            1,
            1.5,
            2,
            3,
            5),
    TTS_LATENCY(
            "tom_tts_latency_seconds",
            Type.HISTOGRAM,
            "seconds",
            List.of(),
            "Working time of the local synthesizer for one clause.",
            0.1,
            0.2,
            0.3,
            0.5,
            0.8,
            1,
            1.5,
            2,
            3,
            5),
    WS_RATE_LIMIT(
            "tom_ws_gateway_rate_limit_total",
            Type.COUNTER,
            "sockets",
            List.of(),
            "Telephone sockets that were closed, or refused with 429, because they went over a bound."),
    CALL_MISMATCH(
            "tom_telephony_call_mismatch_total",
            Type.COUNTER,
            "sockets",
            List.of("how"),
            "Telephone sockets that were closed before audio moved, because their metadata names another call or their call is live twice."),
    AUTH_UNAVAILABLE(
            "tom_telephony_auth_unavailable_total",
            Type.COUNTER,
            "sockets",
            List.of("reason"),
            "Telephone sockets that were refused with 503, because their token could not be checked."),
    CERTIFICATE_EXPIRY(
            "tom_telephony_certificate_expiry_timestamp_seconds",
            Type.GAUGE,
            "seconds since 1970",
            List.of(),
            "End of the telephone port's certificate; 0 without TLS."),
    EGRESS_ALLOWED("tom_egress_allowed", Type.GAUGE, "1 or 0", List.of(), "Whether bytes may go to the provider now."),
    EGRESS_DEADLINE(
            "tom_egress_deadline_timestamp_seconds",
            Type.GAUGE,
            "seconds since 1970",
            List.of(),
            "EGRESS_UNTIL; 0 when there is none."),
    PROVIDER_SOCKETS(
            "tom_provider_sockets_open",
            Type.GAUGE,
            "sockets",
            List.of(),
            "Provider sockets that are open or connecting."),
    COST(
            "tom_cost_eur_total",
            Type.COUNTER,
            "euros",
            List.of("backend", "kind"),
            "Cost of ended call segments by kind: stt, llm, tts."),
    COST_RECORDS_WAITING(
            "tom_cost_records_waiting",
            Type.GAUGE,
            "records",
            List.of(),
            "Cost records that are not on the disk yet; more than 0 for longer than seconds: the disk is full or slow."),
    EVENT_LOOP_LATE(
            "tom_event_loop_late_seconds",
            Type.HISTOGRAM,
            "seconds",
            List.of(),
            "How late event loops run a timer; audio leaves late by as much.",
            0.001,
            0.002,
            0.005,
            0.01,
            0.02,
            0.05,
            0.1,
            0.5,
            1);

    /** How a metric counts. */
    public enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    private final String meterName;
    private final Type type;
    private final String unit;
    private final List<String> labels;
    private final String sentence;
    private final double[] buckets;

    Meters(String meterName, Type type, String unit, List<String> labels, String sentence, double... buckets) {
        this.meterName = meterName;
        this.type = type;
        this.unit = unit;
        this.labels = labels;
        this.sentence = sentence;
        this.buckets = buckets;
    }

    /** The name in Prometheus. */
    public String meterName() {
        return meterName;
    }

    public Type type() {
        return type;
    }

    public String unit() {
        return unit;
    }

    /** Names of the labels, in the order in which values are given. */
    public List<String> labels() {
        return labels;
    }

    public String sentence() {
        return sentence;
    }

    /** Upper bounds of a histogram's buckets, in its unit. */
    public double[] buckets() {
        return buckets.clone();
    }
}
