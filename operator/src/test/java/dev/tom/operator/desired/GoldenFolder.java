package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.window.Ask;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.Egress;
import dev.tom.operator.window.EgressMeans;
import dev.tom.operator.window.GatewayWish;
import dev.tom.operator.window.PolicyWish;
import dev.tom.operator.window.RolloutRules;
import dev.tom.operator.window.WindowPhase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One case: {@code in-window.yaml}, a TestWindow; {@code in-moment.yaml}, what was decided about it; {@code out-NN-*.yaml}, the changes in
 * their order.
 */
record GoldenFolder(Path path) {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final OperatorDefaults DEFAULTS = new OperatorDefaults(
            "registry.example/tom/bridge:default",
            Map.of("app.kubernetes.io/name", "tom-operator"),
            Map.of("app.kubernetes.io/name", "prometheus"),
            Optional.of("registry.example/squid:6"),
            DnsPeers.USUAL);

    static List<GoldenFolder> all() {
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources/desired"))) {
            return folders.sorted().map(GoldenFolder::new).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** {@code in-moment.yaml}. */
    record Moment(
            @Nullable String egressUntil,
            @Nullable String reachUntil,
            @Nullable String canary,
            PolicyWish policy,
            List<String> pods,
            @Nullable Boolean bridgesWanted,
            @Nullable EgressMeans means,
            @Nullable Boolean gatewayWanted,
            @Nullable List<String> gatewayPods,
            @Nullable Rollout rollout) {

        EgressMeans by() {
            return means == null ? EgressMeans.NETWORK_POLICY : means;
        }

        GatewayWish gateway() {
            if (by() != EgressMeans.GATEWAY) {
                return new GatewayWish.None();
            }
            if (Boolean.TRUE.equals(gatewayWanted)) {
                return new GatewayWish.Present();
            }
            List<String> pods = gatewayPods == null ? List.of() : gatewayPods;
            return new GatewayWish.Gone(pods, pods.isEmpty());
        }

        Egress egress() {
            if (egressUntil != null) {
                return new Egress.Open(Instant.parse(egressUntil));
            }
            if (reachUntil != null) {
                return new Egress.Shut(new Ask.Reach(Instant.parse(reachUntil)));
            }
            return canary == null ? new Egress.Shut() : new Egress.Shut(new Ask.Canary(Instant.parse(canary)));
        }
    }

    /** In {@code in-moment.yaml}: what the rules said about live calls. */
    record Rollout(RolloutRules.Verdict verdict, boolean replaces, Integer replicas, Map<String, Integer> calls) {}

    TestWindow window() throws IOException {
        return YAML.unmarshal(Files.readString(path.resolve("in-window.yaml")), TestWindow.class);
    }

    Moment moment() throws IOException {
        return YAML.unmarshal(Files.readString(path.resolve("in-moment.yaml")), Moment.class);
    }

    List<Change> changes(Egress egress) throws IOException {
        List<Change> changes = DesiredState.render(window(), decision(moment(), egress), moment().pods(), DEFAULTS);
        Rollout rollout = moment().rollout();
        return rollout == null
                ? changes
                : BridgeRollout.of(
                        changes,
                        rollout.verdict(),
                        rollout.replaces(),
                        new BridgeRollout.Pods(moment().pods(), rollout.calls(), Optional.of(rollout.replicas())));
    }

    /** What is rendered, by file name. */
    SortedMap<String, String> rendered() throws IOException {
        var files = new TreeMap<String, String>();
        int number = 0;
        for (Change change : changes(moment().egress())) {
            files.put("out-%02d-%s.yaml".formatted(++number, title(change)), text(change));
        }
        return files;
    }

    /** What is expected, by file name. */
    SortedMap<String, String> expected() throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> paths = Files.list(path)) {
            for (Path file : paths.toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.startsWith("in-")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }

    void rewrite() throws IOException {
        for (String stale : expected().keySet()) {
            Files.delete(path.resolve(stale));
        }
        for (Map.Entry<String, String> file : rendered().entrySet()) {
            Files.writeString(path.resolve(file.getKey()), file.getValue());
        }
    }

    private static Decision decision(Moment moment, Egress egress) {
        Instant end = Instant.parse("2026-12-01T10:00:00Z");
        return new Decision(
                WindowPhase.OPEN,
                egress,
                moment.by(),
                moment.policy(),
                moment.gateway(),
                !Boolean.FALSE.equals(moment.bridgesWanted()),
                end,
                end,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                List.of(),
                false,
                end);
    }

    private static String title(Change change) {
        return switch (change) {
            case Change.Present(HasMetadata resource) ->
                resource.getKind() + "-" + resource.getMetadata().getName();
            case Change.Annotated annotated -> "annotated-" + annotated.pod();
            case Change.AbsentGeneric absent ->
                "absent-" + absent.kind().toLowerCase(Locale.ROOT) + "-" + absent.name();
            case Change.Scaled scaled -> "scaled-" + scaled.deployment();
            case Change.Absent absent ->
                "absent-" + absent.kind().getSimpleName().toLowerCase(Locale.ROOT) + "-" + absent.name();
        };
    }

    private static String text(Change change) {
        return switch (change) {
            case Change.Present(HasMetadata resource) -> YAML.asYaml(resource);
            case Change.Annotated annotated -> YAML.asYaml(annotated);
            case Change.AbsentGeneric absent ->
                YAML.asYaml(Map.of(
                        "absent",
                        absent.apiVersion() + " " + absent.kind() + " " + absent.namespace() + "/" + absent.name()));
            case Change.Scaled scaled -> YAML.asYaml(scaled);
            case Change.Absent(var kind, String namespace, String name) ->
                YAML.asYaml(Map.of("absent", kind.getSimpleName() + " " + namespace + "/" + name));
        };
    }

    @Override
    public String toString() {
        return String.valueOf(path.getFileName());
    }
}
