package dev.tom.operator.observe;

import dev.tom.crds.v1alpha1.AfterWindow;
import dev.tom.crds.v1alpha1.Backend;
import dev.tom.crds.v1alpha1.Phase;
import dev.tom.crds.v1alpha1.PreflightCheck;
import dev.tom.crds.v1alpha1.Provider;
import dev.tom.crds.v1alpha1.Schedule;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.crds.v1alpha1.TestWindowStatus;
import dev.tom.crds.v1alpha1.WindowTimes;
import dev.tom.operator.desired.Endpoint;
import dev.tom.operator.window.Check;
import dev.tom.operator.window.Fact;
import dev.tom.operator.window.FactType;
import dev.tom.operator.window.GuardRails;
import dev.tom.operator.window.Reason;
import dev.tom.operator.window.Truth;
import dev.tom.operator.window.WindowHistory;
import dev.tom.operator.window.WindowPhase;
import dev.tom.operator.window.WindowPlan;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Translates between the API types and the window machine's. */
final class SpecReading {

    private static final Map<String, FactType> TYPES = index(FactType.values(), FactType::text);
    private static final Map<String, Truth> TRUTHS = index(Truth.values(), Truth::text);
    private static final Map<String, Reason> REASONS = index(Reason.values(), Reason::text);

    private SpecReading() {}

    /**
     * A window without a start begins when it was created. That is the API server's clock, a whole second, and never moves: neither a crash
     * between opening and remembering nor a stale cache can shift the end.
     */
    static WindowPlan plan(TestWindow window, GuardRails rails) {
        Schedule schedule = window.getSpec().window();
        Instant start = schedule.start() != null
                ? schedule.start()
                : Instant.parse(window.getMetadata().getCreationTimestamp());
        return WindowPlan.of(
                        start,
                        Duration.ofSeconds(schedule.durationSeconds()),
                        window.getSpec().backend() == Backend.PROVIDER,
                        window.getSpec().stop(),
                        window.getSpec().afterWindow() == AfterWindow.SCALE_TO_ZERO)
                .within(rails, providerHost(window));
    }

    /** The host that egress would be opened to; what cannot be read as a host stands there whole, so that no rail lets it through. */
    private static Optional<String> providerHost(TestWindow window) {
        Provider provider = window.getSpec().provider();
        return window.getSpec().backend() == Backend.PROVIDER && provider != null
                ? Optional.of(Endpoint.of(provider.url()).host().orElse(provider.url()))
                : Optional.empty();
    }

    /** What blocks the window's opening. */
    static Set<Check> required(TestWindow window) {
        return window.getSpec().preflight().required().stream()
                .map(SpecReading::check)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Check check(PreflightCheck check) {
        return switch (check) {
            case SECRETS -> Check.SECRETS;
            case PROVIDER_REACHABLE -> Check.PROVIDER_REACHABLE;
            case LOCAL_BACKEND -> Check.LOCAL_BACKEND;
            case SPEECH_MODELS -> Check.SPEECH_MODELS;
            case COST_LOG -> Check.COST_LOG;
            case CAPACITY -> Check.CAPACITY;
            case MONITORING -> Check.MONITORING;
        };
    }

    static Optional<Instant> deletedAt(TestWindow window) {
        return Optional.ofNullable(window.getMetadata().getDeletionTimestamp()).map(Instant::parse);
    }

    static WindowHistory history(TestWindow window) {
        TestWindowStatus status = window.getStatus();
        if (status == null) {
            return WindowHistory.NONE;
        }
        Optional<WindowTimes> times = Optional.ofNullable(status.window());
        return new WindowHistory(
                Optional.ofNullable(status.phase()).map(SpecReading::phase),
                times.map(WindowTimes::endsAt),
                times.map(WindowTimes::openedAt),
                times.map(WindowTimes::closedAt),
                facts(status));
    }

    private static WindowPhase phase(Phase phase) {
        return switch (phase) {
            case PENDING -> WindowPhase.PENDING;
            case PREFLIGHT -> WindowPhase.PREFLIGHT;
            case OPEN -> WindowPhase.OPEN;
            case CLOSING -> WindowPhase.CLOSING;
            case CLOSED -> WindowPhase.CLOSED;
            case FAILED -> WindowPhase.FAILED;
        };
    }

    /** Conditions of other writers, and reasons of other versions, are left out. */
    private static Map<FactType, Fact> facts(TestWindowStatus status) {
        var facts = new EnumMap<FactType, Fact>(FactType.class);
        for (Condition condition : status.conditions()) {
            FactType type = TYPES.get(condition.getType());
            Truth truth = TRUTHS.get(condition.getStatus());
            Reason reason = REASONS.get(condition.getReason());
            if (type != null && truth != null && reason != null) {
                facts.put(type, new Fact(type, truth, reason, condition.getMessage()));
            }
        }
        return facts;
    }

    private static <T> Map<String, T> index(T[] values, Function<T, String> text) {
        return Arrays.stream(values).collect(Collectors.toMap(text, Function.identity()));
    }
}
