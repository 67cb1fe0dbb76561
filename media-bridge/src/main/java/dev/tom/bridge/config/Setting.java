package dev.tom.bridge.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The catalogue of settings. The names are ConfigMap keys, environment variables and keys of the {@code .env} file alike. An empty
 * value means the default.
 */
@SuppressWarnings("ImmutableEnumChecker") // every kind is a record over immutable values
public enum Setting {
    REALTIME_BACKEND(choice("provider", "local"), "local", true, "Where new calls go when nothing speaks against it."),
    ALLOW_EGRESS(new Kind.Flag(), "false", true, "Whether the provider may be used at all."),
    EGRESS_UNTIL(new Kind.Moment(), "", true, "When provider use ends; without it, it never begins."),
    PREFLIGHT_UNTIL(
            new Kind.Moment(),
            "",
            true,
            "Until then, and while egress is not allowed, it is tried every 10 s whether the provider can be reached, through"
                    + " PROVIDER_PROXY where calls take it, without key or audio; without it, never."),
    EGRESS_CANARY(
            new Kind.Moment(),
            "",
            true,
            "The end of a window: one TCP connection to the provider is tried, past any proxy, which must fail; without it, none."),
    FALLBACK_POLICY(
            choice("provider_then_local", "none"),
            "provider_then_local",
            true,
            "Whether calls leave a provider that is slow or broken."),
    FALLBACK_TRIGGER_MS(whole(1, 60_000), "800", true, "95th percentile of turn latency above which it is too slow."),
    FALLBACK_SUSTAINED_SEC(whole(1, 86_400), "600", true, "How long it must stay above."),
    FALLBACK_ERROR_BURST(whole(1, 10_000), "3", true, "So many errors make the pod leave the provider."),
    FALLBACK_ERROR_WINDOW(whole(1, 86_400), "60", true, "Within so many seconds."),
    FALLBACK_COOLDOWN_SEC(
            whole(1, 86_400), "600", true, "How long new calls stay local before the provider is tried again."),

    REALTIME_WS_URL(
            new Kind.Url(List.of("wss", "ws")),
            "wss://api.openai.com/v1/realtime",
            false,
            "The provider's WebSocket, without the model; ws:// on loopback only."),
    REALTIME_API_KEY(new Kind.Secret(), "", false, "The provider's key."),
    REALTIME_MODEL(new Kind.Text(), "gpt-realtime-2.1", false, "The provider's model."),
    REALTIME_VOICE(new Kind.Text(), "marin", false, "The provider's voice."),
    REALTIME_INSTRUCTIONS(new Kind.Text(), "", false, "Who the assistant is, for both backends."),
    REALTIME_AUTH_HEADER(
            choice("auto", "bearer", "api-key"),
            "auto",
            false,
            "Which header carries the key; auto: api-key for hosts of Azure, else a bearer token."),
    REALTIME_TURN_DETECTION(
            choice("server_vad", "semantic_vad"),
            "server_vad",
            false,
            "How the provider finds the end of a turn: by silence, or by what was said."),
    REALTIME_SILENCE_MS(whole(200, 2_000), "300", false, "Silence that ends a turn, for server_vad."),
    REALTIME_VAD_THRESHOLD(decimal(0, 1), "0.5", false, "How loud speech must be, for server_vad."),
    REALTIME_EAGERNESS(
            choice("auto", "low", "medium", "high"), "auto", false, "How soon it answers, for semantic_vad."),
    REALTIME_TRANSCRIPTION_MODEL(
            new Kind.Text(),
            "gpt-4o-mini-transcribe",
            false,
            "Model that writes down what the caller says, on Azure the name of its deployment; off: nobody does."),
    REALTIME_NOISE_REDUCTION(
            choice("off", "near_field", "far_field"), "off", false, "The provider's filter for the caller's audio."),
    REALTIME_MAX_OUTPUT_TOKENS(new Kind.Text(), "inf", false, "Most tokens of one answer, 1 to 4096; inf: no limit."),
    REALTIME_SPEED(decimal(0.25, 1.5), "1", false, "How fast the provider's voice speaks."),
    REALTIME_MAX_SESSION_SEC(
            whole(60, 86_400),
            "3300",
            false,
            "Age at which a call changes to a fresh provider session, at the next pause."),
    PROVIDER_PROXY(
            new Kind.Url(List.of("http")),
            "",
            false,
            "HTTP proxy, http://host:port, that leads to the provider by CONNECT; TLS stays between bridge and provider."
                    + " Empty: the provider is reached directly."),
    LANGUAGE(new Kind.Text(), "de", false, "ISO 639-1 code of the spoken language."),

    SPEECH_WORKER_URL(
            new Kind.Url(List.of("http", "https")),
            "",
            false,
            "The speech worker; empty: no local pipeline, a spoken announcement instead."),
    PIPER_VOICE(new Kind.Text(), "de-DE-thorsten-high", false, "The voice of the local pipeline."),
    LOCAL_LLM_URL(
            new Kind.Url(List.of("http", "https")),
            "",
            false,
            "Base of an OpenAI-compatible API of the local language model; empty: callers hear that it cannot help now."),
    LOCAL_LLM_MODEL(new Kind.Text(), "default", false, "Its model."),

    TELEPHONY_HOST(new Kind.Text(), "0.0.0.0", false, "Address that telephone sockets come to."),
    TELEPHONY_PORT(whole(0, 65_535), "8080", false, "Port that telephone sockets come to; 0: any free one."),
    TELEPHONY_AUTH(choice("none", "basic", "jwt"), "none", false, "How a telephone socket proves itself."),
    TELEPHONY_AUTH_SECRET(
            new Kind.Secret(), "", false, "For basic user:password, for jwt the HS256 key of 32 bytes or more."),
    TELEPHONY_JWKS_URL(
            new Kind.Text(),
            "",
            false,
            "For jwt: the JWK set with the keys for RS256 and ES256, https:// or file:///; beside the HS256 key or alone."),
    TELEPHONY_JWT_AUDIENCE(new Kind.Text(), "", false, "For jwt: the aud that a token must name; empty: any or none."),
    TELEPHONY_NONCE_REDIS_URL(
            new Kind.Secret(),
            "",
            false,
            "For jwt with several pods: the Redis, redis:// or rediss://, that notes used tokens; empty: the pod's memory."),
    TELEPHONY_TWILIO_AUTH_TOKEN(
            new Kind.Secret(),
            "",
            false,
            "Twilio's account token: sockets to /v1/twilio may prove themselves by X-Twilio-Signature."),
    TELEPHONY_PUBLIC_URL(
            new Kind.Url(List.of("wss", "ws", "https", "http")),
            "",
            false,
            "What Twilio connects to, up to /v1/twilio, which its signature covers."),
    TELEPHONY_TLS_CERT(
            new Kind.File(),
            "",
            false,
            "PEM of the telephone port's certificate chain; empty: no TLS. Followed when it changes."),
    TELEPHONY_TLS_KEY(new Kind.File(), "", false, "PEM of its private key."),
    TELEPHONY_MESSAGES_PER_SECOND(
            whole(60, 10_000), "120", false, "Messages of one telephone socket; more closes it. Audio alone is 50."),
    TELEPHONY_SOURCE_SOCKETS(
            whole(1, 100_000), "500", false, "Open telephone sockets of one address; more are refused with 429."),
    TELEPHONY_SOURCE_UPGRADES_PER_SECOND(
            whole(1, 10_000), "50", false, "New telephone sockets of one address; more are refused with 429."),
    PHONE_HASH_SALT(new Kind.Secret(), "", false, "Salt of caller hashes; empty: numbers are dropped."),
    MAX_CALLS(whole(1, 10_000), "100", false, "Live calls per pod."),
    OVERLOAD_LOOP_LATE_MS(
            whole(10, 5_000),
            "120",
            false,
            "New calls are refused while an event loop runs its timers so late on average, for 3 s on end."),
    OVERLOAD_LOCAL_WAIT_MS(
            whole(200, 7_500),
            "2500",
            false,
            "The local pipeline counts as saturated when work waits so long in it, or when it refuses some."),
    OVERLOAD_EXTENSION(
            new Kind.Text(),
            "",
            false,
            "Extension of the dialplan for callers who need the local pipeline while it is saturated; empty: they are asked"
                    + " to call again."),
    OVERLOAD_REDIRECT_URL(
            new Kind.Url(List.of("ws", "wss", "http", "https")),
            "",
            false,
            "Address of other pods; new calls that this one has no room for are sent there with 302. Empty: they are refused."),
    DRAIN_REDIRECT_URL(
            new Kind.Url(List.of("ws", "wss", "http", "https")),
            "",
            false,
            "The same for calls that come while this pod shuts down."),

    ADMIN_HOST(new Kind.Text(), "0.0.0.0", false, "Address of /metrics, /status, /healthz and /readyz."),
    ADMIN_PORT(whole(0, 65_535), "8085", false, "Port of the same; 0: any free one."),
    COST_LOG_DIR(new Kind.File(), "data/cost_logs", false, "Directory of the cost records."),
    COST_LOG_FSYNC(
            choice("record", "second", "off"),
            "record",
            false,
            "When cost records are forced to the disk: each one, once a second, or when the kernel likes."),
    COST_TARIFF(new Kind.File(), "", false, "Tariff file; empty: the built-in one."),
    WINDOW_NAME(new Kind.Text(), "", false, "Name of the test window, for records and the status page.");

    private static final Map<String, Setting> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Setting::name, Function.identity()));

    private final Kind kind;
    private final String defaultValue;
    private final boolean live;
    private final String sentence;

    Setting(Kind kind, String defaultValue, boolean live, String sentence) {
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.live = live;
        this.sentence = sentence;
    }

    /** The setting of this name. */
    public static Optional<Setting> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** What values it takes. */
    public Kind kind() {
        return kind;
    }

    /** As text; empty when there is none. */
    public String defaultValue() {
        return defaultValue;
    }

    /** Whether a change in the mounted directory takes effect in a running bridge. */
    public boolean live() {
        return live;
    }

    /** What it is for. */
    public String sentence() {
        return sentence;
    }

    /** Whether its value must never be shown. */
    public boolean secret() {
        return kind instanceof Kind.Secret;
    }

    private static Kind choice(String... words) {
        return new Kind.Choice(List.of(words));
    }

    private static Kind decimal(double min, double max) {
        return new Kind.Decimal(min, max);
    }

    private static Kind whole(long min, long max) {
        return new Kind.Whole(min, max);
    }
}
