package dev.tom.operator.window;

import static dev.tom.operator.window.Fact.no;
import static dev.tom.operator.window.Fact.unknown;
import static dev.tom.operator.window.Fact.yes;

import dev.tom.operator.window.BridgeChecks.Said;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What opening needs, judged from what was found. */
public final class PreflightChecks {

    /** A condition names so many pods; the others are like them. */
    private static final int PODS_NAMED = 3;

    private PreflightChecks() {}

    /**
     * A key of a Secret that the spec names, and what the API server says about it.
     *
     * @param minimum bytes that a useful value has at least
     */
    public record NamedSecret(String field, String secret, String key, int minimum, Presence presence) {}

    /** What the API server says about a Secret's key. */
    public enum Presence {
        NO_SECRET,
        NO_KEY,
        TOO_SHORT,
        THERE
    }

    /**
     * What was found.
     *
     * @param required what blocks opening
     * @param provider whether the window uses the provider
     * @param local whether the spec describes a local pipeline
     * @param secrets the Secrets that the spec names; empty when they were not looked at again, because the window has opened
     * @param missing what no window can open without
     * @param bridges the window's own pods
     * @param ready how many of them take calls
     * @param wanted how many the spec asks for
     * @param monitoring whether the API server serves what the chart's alerts need
     */
    public record Found(
            Set<Check> required,
            boolean provider,
            boolean local,
            Optional<List<NamedSecret>> secrets,
            List<Finding> missing,
            List<BridgeReading> bridges,
            int ready,
            int wanted,
            Truth monitoring) {}

    /** The results of all checks. */
    public static Preflight of(Found found, WindowHistory history) {
        var results = new EnumMap<Check, Fact>(Check.class);
        for (Check check : Check.values()) {
            results.put(
                    check,
                    switch (check) {
                        case SECRETS ->
                            found.secrets()
                                    .map(PreflightChecks::secrets)
                                    .orElseGet(() -> before(history, check)
                                            .orElse(unknown(check.fact(), Reason.NOT_YET, "Nobody has looked.")));
                        case PROVIDER_REACHABLE -> provider(found, history);
                        case LOCAL_BACKEND ->
                            found.local()
                                    ? told(
                                            check,
                                            found,
                                            BridgeChecks::local,
                                            "The local pipeline is warm in every bridge pod that answers.")
                                    : noLocal(check);
                        case SPEECH_MODELS ->
                            found.local()
                                    ? told(
                                            check,
                                            found,
                                            BridgeChecks::models,
                                            "The speech models are loaded in every bridge pod that answers.")
                                    : noLocal(check);
                        case COST_LOG ->
                            told(
                                    check,
                                    found,
                                    BridgeChecks::costLog,
                                    "Cost records can be written in every bridge pod that answers.");
                        case CAPACITY -> capacity(found);
                        case MONITORING -> monitoring(found.monitoring());
                    });
        }
        return new Preflight(found.required(), results, found.missing());
    }

    private static Optional<Fact> before(WindowHistory history, Check check) {
        return Optional.ofNullable(history.facts().get(check.fact()));
    }

    private static Fact secrets(List<NamedSecret> secrets) {
        Reason reason = Reason.FOUND;
        var sentences = new ArrayList<String>();
        for (NamedSecret secret : secrets) {
            Optional<Finding> finding = finding(secret);
            if (finding.isPresent()) {
                reason = sentences.isEmpty() ? finding.get().reason() : reason;
                sentences.add(finding.get().message());
            }
        }
        return sentences.isEmpty()
                ? yes(FactType.PREFLIGHT_SECRETS, Reason.FOUND, "Every Secret that the spec names has its key.")
                : no(FactType.PREFLIGHT_SECRETS, reason, String.join(" ", sentences));
    }

    private static Optional<Finding> finding(NamedSecret secret) {
        return switch (secret.presence()) {
            case NO_SECRET ->
                Optional.of(new Finding(
                        Reason.SECRET_MISSING,
                        "Secret %s (%s) does not exist: create it with key %s."
                                .formatted(secret.secret(), secret.field(), secret.key())));
            case NO_KEY ->
                Optional.of(new Finding(
                        Reason.SECRET_KEY_MISSING,
                        "Secret %s (%s) has no value under key %s: add it."
                                .formatted(secret.secret(), secret.field(), secret.key())));
            case TOO_SHORT ->
                Optional.of(new Finding(
                        Reason.SECRET_TOO_SHORT,
                        "Secret %s (%s) has a value of fewer than %d bytes under key %s: put the whole value there."
                                .formatted(secret.secret(), secret.field(), secret.minimum(), secret.key())));
            case THERE -> Optional.empty();
        };
    }

    /** Once a bridge has reached the provider in an open window, that stays true: it proves that the way existed. */
    private static Fact provider(Found found, WindowHistory history) {
        FactType type = FactType.PREFLIGHT_PROVIDER_REACHABLE;
        if (!found.provider()) {
            return yes(type, Reason.NOT_IN_USE, "The window does not use the provider.");
        }
        Optional<Fact> reached = before(history, Check.PROVIDER_REACHABLE)
                .filter(fact -> history.openedAt().isPresent() && fact.reason() == Reason.REACHED);
        if (reached.isPresent()) {
            return reached.get();
        }
        if (saying(found, BridgeChecks::provider, Truth.TRUE).findAny().isPresent()) {
            return yes(type, Reason.REACHED, "A bridge pod has reached the provider: name, TCP and TLS.");
        }
        String failed = sentences(found, BridgeChecks::provider, Truth.FALSE);
        if (!failed.isEmpty()) {
            return no(type, Reason.NOT_REACHED, failed);
        }
        return unknown(
                type,
                Reason.NOT_TRIED,
                found.required().contains(Check.PROVIDER_REACHABLE)
                        ? "No bridge pod has tried it yet: they do from the start of the window on."
                        : "No bridge pod has tried it yet: they do when the window opens, or before with ProviderReachable in spec.preflight.required.");
    }

    /** What bridges say about themselves: one that fails counts, whatever the others say. */
    private static Fact told(Check check, Found found, Function<BridgeChecks, Said> which, String good) {
        String failing = sentences(found, which, Truth.FALSE);
        if (!failing.isEmpty()) {
            return no(check.fact(), Reason.FAILING, failing);
        }
        boolean all = saying(found, which, Truth.TRUE).findAny().isPresent()
                && saying(found, which, Truth.UNKNOWN).findAny().isEmpty();
        if (all) {
            return yes(check.fact(), Reason.FOUND, good);
        }
        String open = sentences(found, which, Truth.UNKNOWN);
        return unknown(check.fact(), Reason.NOT_TOLD, open.isEmpty() ? "No bridge pod has told yet." : open);
    }

    private static Fact noLocal(Check check) {
        return no(
                check.fact(),
                Reason.NOT_CONFIGURED,
                "spec.local is missing: callers hear an announcement when the provider is left.");
    }

    private static Fact capacity(Found found) {
        FactType type = FactType.PREFLIGHT_CAPACITY;
        if (found.ready() == 0) {
            return no(
                    type,
                    Reason.NO_BRIDGE_READY,
                    "No bridge pod is ready: look at the pods with label tom.dev/window and their events.");
        }
        return found.ready() < found.wanted()
                ? no(
                        type,
                        Reason.TOO_FEW_BRIDGES,
                        "%d of %d bridge pods are ready: look at the events of the others."
                                .formatted(found.ready(), found.wanted()))
                : yes(type, Reason.BRIDGES_READY, "All bridge pods that the spec asks for are ready.");
    }

    private static Fact monitoring(Truth served) {
        FactType type = FactType.PREFLIGHT_MONITORING;
        return switch (served) {
            case TRUE -> yes(type, Reason.FOUND, "The API server serves PrometheusRule and PodMonitor.");
            case FALSE ->
                no(
                        type,
                        Reason.NOT_SERVED,
                        "The API server does not serve PrometheusRule and PodMonitor: install the Prometheus operator, or watch the metrics in another way.");
            case UNKNOWN ->
                unknown(
                        type,
                        Reason.NOT_TOLD,
                        "The API server did not say whether it serves PrometheusRule and PodMonitor.");
        };
    }

    private static Stream<BridgeReading.Answered> saying(Found found, Function<BridgeChecks, Said> which, Truth truth) {
        return found.bridges().stream()
                .filter(BridgeReading.Answered.class::isInstance)
                .map(BridgeReading.Answered.class::cast)
                .filter(bridge -> which.apply(bridge.said()).truth() == truth);
    }

    /** What the pods that say so add, each with its name. */
    private static String sentences(Found found, Function<BridgeChecks, Said> which, Truth truth) {
        List<BridgeReading.Answered> pods = saying(found, which, truth).toList();
        String named = pods.stream()
                .limit(PODS_NAMED)
                .map(bridge -> bridge.pod() + ": " + which.apply(bridge.said()).sentence())
                .collect(Collectors.joining(" "));
        return pods.size() > PODS_NAMED ? named + " And %d more.".formatted(pods.size() - PODS_NAMED) : named;
    }

    /** The conditions by their type, for a window whose checks nobody makes any more. */
    static Map<FactType, Fact> remembered(WindowHistory history) {
        var facts = new EnumMap<FactType, Fact>(FactType.class);
        for (Check check : Check.values()) {
            facts.put(
                    check.fact(),
                    before(history, check)
                            .orElse(unknown(
                                    check.fact(), Reason.NOT_YET, "Nobody looked before the window was over.")));
        }
        return facts;
    }
}
