package dev.tom.operator.window;

import dev.tom.operator.window.BridgeChecks.Said;
import dev.tom.operator.window.PreflightChecks.NamedSecret;
import dev.tom.operator.window.PreflightChecks.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plays a scenario: lines that begin in the first column change the world or let time come ({@code at}), indented lines are what the machine
 * answered. Each answer is carried out at once: the world of the next line has that lease, that policy, that memory.
 *
 * <pre>
 * plan start=08:00:00 duration=60 host=HOST [local] [stop] [scale-to-zero]
 * rails max=3600 hosts=HOST,HOST      what the installation allows; each may be left out
 * bridge NAME sockets=1 lease=yes backend=provider | bridge NAME silent | bridge NAME not-running | bridge NAME gone
 *     [reached=yes|no] [local=yes|no] [costs=yes|no] [canary=refused|timeout|unresolved|connected]
 * ready 1 · missing NO_SECRET|NO_KEY|TOO_SHORT|nothing · required CAPACITY PROVIDER_REACHABLE · deleted 08:00:30 · policy present|absent
 * egress mode=auto|NetworkPolicy|Cilium|Gateway [cidrs] [cilium-served] [gateway-image]
 * gateway ready | gateway not-ready | gateway gone      (it comes, and its pods are told to go, as the machine wishes)
 * at 08:00:00.010 [unsaved]      unsaved: carried out, but the operator dies before the status is written
 * </pre>
 */
final class Transcript {

    private static final String DAY = "2026-12-01T";
    private static final String PROVIDER = "api.openai.com:443";

    private WindowPlan plan =
            WindowPlan.of(Instant.parse(DAY + "08:00:00Z"), Duration.ofSeconds(60), true, false, false);
    private GuardRails rails = GuardRails.NONE;
    private String host = "api.openai.com";
    private WindowHistory history = WindowHistory.NONE;
    private Optional<Instant> deleted = Optional.empty();
    private Optional<NamedSecret> missing = Optional.empty();
    private Set<Check> required = Set.of(Check.SECRETS);
    private Optional<Instant> lease = Optional.empty();
    private boolean policy;
    private EgressChoice.Wish wish = new EgressChoice.Wish(Optional.empty(), false, PROVIDER, true);
    private EgressChoice.Offer offer = new EgressChoice.Offer(false, false);
    private Optional<EgressMeans> existing = Optional.empty();
    private GatewayReading gateway = GatewayReading.ABSENT;
    private final Map<String, BridgeReading> bridges = new TreeMap<>();
    private int ready;
    private Instant asked = Instant.EPOCH;

    static List<String> play(List<String> scenario) {
        Transcript transcript = new Transcript();
        var played = new ArrayList<String>();
        for (String line : scenario) {
            if (!line.startsWith("  ")) {
                played.add(line);
                transcript.line(line).forEach(answer -> played.add("  " + answer));
            }
        }
        return played;
    }

    private List<String> line(String line) {
        List<String> words = List.of(line.strip().split(" +"));
        switch (words.getFirst()) {
            case "plan" -> plan(words);
            case "rails" -> rails(values(words));
            case "bridge" -> bridge(words);
            case "ready" -> ready = Integer.parseInt(words.get(1));
            case "deleted" -> deleted = Optional.of(time(words.get(1)));
            case "egress" -> egress(words);
            case "gateway" -> gateway(words.get(1));
            case "policy" -> policy = words.get(1).equals("present");
            case "missing" ->
                missing = words.get(1).equals("nothing")
                        ? Optional.empty()
                        : Optional.of(new NamedSecret(
                                "spec.provider.apiKeySecretRef",
                                "realtime-api",
                                "REALTIME_API_KEY",
                                20,
                                Presence.valueOf(words.get(1))));
            case "required" ->
                required = words.stream().skip(1).map(Check::valueOf).collect(Collectors.toSet());
            case "at" -> {
                return at(time(words.get(1)), words.contains("unsaved"));
            }
            case "", "#" -> {}
            default -> throw new IllegalArgumentException("unknown line: " + line);
        }
        return List.of();
    }

    private void plan(List<String> words) {
        Map<String, String> values = values(words);
        plan = WindowPlan.of(
                time(values.getOrDefault("start", "08:00:00")),
                Duration.ofSeconds(Long.parseLong(values.getOrDefault("duration", "60"))),
                !words.contains("local"),
                words.contains("stop"),
                words.contains("scale-to-zero"));
        host = values.getOrDefault("host", host);
    }

    private void rails(Map<String, String> values) {
        rails = new GuardRails(
                Optional.ofNullable(values.get("max")).map(Long::parseLong).map(Duration::ofSeconds),
                values.containsKey("hosts") ? List.of(values.get("hosts").split(",")) : List.of());
    }

    private void bridge(List<String> words) {
        String name = words.get(1);
        Map<String, String> values = values(words);
        switch (words.get(2)) {
            case "gone" -> bridges.remove(name);
            case "silent" -> bridges.put(name, new BridgeReading.Silent(name, "no answer within 700 ms"));
            case "not-running" -> bridges.put(name, new BridgeReading.NotRunning(name));
            default ->
                bridges.put(
                        name,
                        new BridgeReading.Answered(
                                name,
                                Integer.parseInt(values.getOrDefault("sockets", "0")),
                                "yes".equals(values.get("lease")),
                                values.getOrDefault("backend", "local"),
                                "as told",
                                new BridgeChecks(
                                        said(values, "local", "the speech worker cannot be reached: look at its log."),
                                        said(values, "local", "the speech worker has told nothing."),
                                        said(values, "costs", "the directory cannot be written: mount it writable."),
                                        said(values, "reached", "api.example does not resolve: check the name.")),
                                Optional.ofNullable(values.get("canary"))
                                        .map(word -> new BridgeReading.Tried(
                                                asked, CanaryOutcome.valueOf(word.toUpperCase(Locale.ROOT))))));
        }
    }

    private static Said said(Map<String, String> values, String what, String why) {
        return switch (values.getOrDefault(what, "")) {
            case "yes" -> new Said(Truth.TRUE, "");
            case "no" -> new Said(Truth.FALSE, why);
            default -> Said.NOTHING;
        };
    }

    /** As the reader of the world does it. */
    private Preflight preflight(EgressChoice choice, WindowPlan held) {
        var standing = new ArrayList<Finding>();
        if (history.openedAt().isEmpty()) {
            standing.addAll(held.broken());
        }
        choice.missing().ifPresent(standing::add);
        return history.ended()
                ? Preflight.NOT_LOOKED
                : PreflightChecks.of(
                        new PreflightChecks.Found(
                                required,
                                plan.provider(),
                                true,
                                history.openedAt().isPresent()
                                        ? Optional.empty()
                                        : Optional.of(missing.stream().toList()),
                                standing,
                                List.copyOf(bridges.values()),
                                ready,
                                1,
                                Truth.UNKNOWN),
                        history);
    }

    private void egress(List<String> words) {
        Optional<EgressMeans> mode = Arrays.stream(EgressMeans.values())
                .filter(means -> means.text().equals(values(words).get("mode")))
                .findFirst();
        wish = new EgressChoice.Wish(mode, words.contains("cidrs"), PROVIDER, true);
        offer = new EgressChoice.Offer(words.contains("cilium-served"), words.contains("gateway-image"));
    }

    private void gateway(String word) {
        gateway = switch (word) {
            case "ready" -> new GatewayReading(gateway.since(), List.of("gateway-1"), List.of(), 1);
            case "not-ready" -> new GatewayReading(gateway.since(), List.of("gateway-1"), List.of(), 0);
            case "gone" -> GatewayReading.ABSENT;
            default -> throw new IllegalArgumentException("unknown gateway: " + word);
        };
    }

    private void carryOut(GatewayWish wished, Instant now) {
        gateway = switch (wished) {
            case GatewayWish.Present present ->
                gateway.since().isPresent()
                        ? gateway
                        : new GatewayReading(Optional.of(now), List.of("gateway-1"), List.of(), 0);
            case GatewayWish.Gone(List<String> pods, boolean empty) ->
                new GatewayReading(Optional.empty(), List.of(), gateway.allPods(), 0);
            case GatewayWish.None none -> gateway;
            case GatewayWish.Left left -> gateway;
        };
    }

    private Observed observed() {
        EgressChoice choice = plan.provider()
                ? EgressChoice.of(wish, offer, EgressChoice.kept(history, lease.isPresent(), existing))
                : EgressChoice.NONE;
        WindowPlan held = plan.within(rails, plan.provider() ? Optional.of(host) : Optional.empty());
        return new Observed(
                held,
                history,
                deleted,
                preflight(choice, held),
                lease,
                choice,
                policy,
                gateway,
                List.copyOf(bridges.values()),
                ready);
    }

    private List<String> at(Instant now, boolean unsaved) {
        Decision decision = WindowMachine.decide(observed(), now);
        carryOut(decision.gateway(), now);
        existing = decision.policy() == PolicyWish.PRESENT ? Optional.of(decision.means()) : existing;
        policy = switch (decision.policy()) {
            case PRESENT -> true;
            case LEFT -> policy;
            case ABSENT -> false;
        };
        lease = decision.egress() instanceof Egress.Open(Instant until) ? Optional.of(until) : Optional.empty();
        String ask = switch (decision.egress()) {
            case Egress.Open open -> "";
            case Egress.Shut(Ask.Nothing nothing) -> "";
            case Egress.Shut(Ask.Reach reach) -> ", way tried";
            case Egress.Shut(Ask.Canary canary) -> ", canary";
        };
        asked = decision.endsAt();
        var said = new ArrayList<String>();
        said.add("%s, egress %s%s, policy %s%s%s%s, wake %s"
                .formatted(
                        decision.phase().text(),
                        lease.map(until -> "until " + clock(until)).orElse("shut"),
                        ask,
                        decision.policy().toString().toLowerCase(Locale.ROOT),
                        switch (decision.gateway()) {
                            case GatewayWish.None none -> "";
                            case GatewayWish.Present present -> ", gateway present";
                            case GatewayWish.Left left -> ", gateway left";
                            case GatewayWish.Gone(List<String> pods, boolean empty) ->
                                ", gateway gone" + (pods.isEmpty() ? "" : " with " + pods) + (empty ? " for good" : "");
                        },
                        decision.bridgesWanted() ? "" : ", scaled to zero",
                        decision.release() ? ", released" : "",
                        clock(decision.wakeAt())));
        said.add("ends %s%s%s%s"
                .formatted(
                        clock(decision.endsAt()),
                        decision.openedAt().map(t -> ", opened " + clock(t)).orElse(""),
                        decision.closedAt().map(t -> ", closed " + clock(t)).orElse(""),
                        decision.closedLateMillis().isPresent()
                                ? ", late " + decision.closedLateMillis().getAsLong() + " ms"
                                : ""));
        for (Fact fact : decision.facts()) {
            if (!fact.equals(history.facts().get(fact.type())) && !neverKnown(fact)) {
                said.add("%s %s %s: %s"
                        .formatted(
                                fact.type().text(),
                                fact.truth().text(),
                                fact.reason().text(),
                                fact.message()));
            }
        }
        decision.notices().forEach(notice -> said.add("event " + notice.kind().reason() + ": " + notice.message()));
        if (!unsaved) {
            history = new WindowHistory(
                    Optional.of(decision.phase()),
                    Optional.of(decision.endsAt()),
                    decision.openedAt(),
                    decision.closedAt(),
                    decision.facts().stream().collect(Collectors.toMap(Fact::type, Function.identity())));
        }
        return said;
    }

    /** A check of which nothing was ever known is not worth a line. */
    private boolean neverKnown(Fact fact) {
        Fact before = history.facts().get(fact.type());
        return fact.type().text().matches("Preflight[A-Z].*|EgressEnforced")
                && fact.type() != FactType.PREFLIGHT_PASSED
                && fact.truth() == Truth.UNKNOWN
                && (before == null || before.truth() == Truth.UNKNOWN)
                && !fact.reason().text().matches("Way.*|Canary.*");
    }

    private static Map<String, String> values(List<String> words) {
        return words.stream()
                .filter(word -> word.contains("="))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static Instant time(String clock) {
        return Instant.parse(clock.contains("T") ? clock : DAY + clock + "Z");
    }

    private static String clock(Instant time) {
        String text = time.toString();
        return text.startsWith(DAY) ? text.substring(DAY.length(), text.length() - 1) : text;
    }
}
