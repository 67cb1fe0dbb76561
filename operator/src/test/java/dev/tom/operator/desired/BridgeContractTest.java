package dev.tom.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.egress.EgressAsks;
import dev.tom.bridge.call.egress.EgressTerms;
import dev.tom.bridge.config.BridgeConfig;
import dev.tom.bridge.config.ConfigParser;
import dev.tom.operator.window.Ask;
import dev.tom.operator.window.Egress;
import dev.tom.operator.window.EgressMeans;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is rendered is what a bridge reads: every golden folder goes through the bridge's own parser. */
class BridgeContractTest {

    private static final Map<String, String> SECRETS = Map.of(
            "REALTIME_API_KEY", "sk-of-a-test",
            "TELEPHONY_AUTH_SECRET", "0123456789abcdef0123456789abcdef",
            "PHONE_HASH_SALT", "salt",
            "TELEPHONY_NONCE_REDIS_URL", "rediss://:password@redis.voice.svc:6379/0",
            "TELEPHONY_TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef");

    static List<GoldenFolder> all() {
        return GoldenFolder.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void bridgeReadsWhatTheOperatorSays(GoldenFolder folder) throws IOException {
        Egress egress = folder.moment().egress();
        List<Change> changes = folder.changes(egress);
        var stated = new HashMap<String, String>(environment(changes));
        stated.putAll(only(ConfigMap.class, changes).findFirst().orElseThrow().getData());

        BridgeConfig config = ConfigParser.parse(stated);

        assertThat(config.window()).isEqualTo("pilot");
        assertThat(config.realtime().proxy().map(Object::toString).orElse("none"))
                .isEqualTo(folder.moment().by() == EgressMeans.GATEWAY ? "pilot-gateway.voice.svc:3128" : "none");
        assertThat(config.live().egress())
                .isEqualTo(
                        switch (egress) {
                            case Egress.Open(var until) -> new EgressTerms.Stated(true, Optional.of(until));
                            case Egress.Shut shut -> new EgressTerms.Stated(false, Optional.empty());
                        });
        assertThat(config.live().asks())
                .isEqualTo(
                        deleted(folder)
                                ? EgressAsks.NONE
                                : switch (egress) {
                                    case Egress.Open open -> EgressAsks.NONE;
                                    case Egress.Shut(Ask.Nothing nothing) -> EgressAsks.NONE;
                                    case Egress.Shut(Ask.Reach(var until)) ->
                                        new EgressAsks(Optional.of(until), Optional.empty());
                                    case Egress.Shut(Ask.Canary(var end)) ->
                                        new EgressAsks(Optional.empty(), Optional.of(end));
                                });
        assertThat(config.local().isPresent())
                .isEqualTo(folder.window().getSpec().local() != null && !deleted(folder));
        assertThat(changes.stream()
                        .filter(Change.Annotated.class::isInstance)
                        .map(Change.Annotated.class::cast)
                        .filter(annotated -> annotated.key().equals(Labels.CONFIG_HASH))
                        .map(Change.Annotated::value)
                        .distinct())
                .as("the hash on the pods is the one a bridge will report")
                .isSubsetOf(config.live().hash());
    }

    private static boolean deleted(GoldenFolder folder) throws IOException {
        return folder.window().getMetadata().getDeletionTimestamp() != null;
    }

    /** The bridge container's environment; a deleted window renders no Deployment, so the API key alone. */
    private static Map<String, String> environment(List<Change> changes) {
        var environment = new HashMap<String, String>();
        var container = only(Deployment.class, changes)
                .map(deployment -> deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst())
                .findFirst();
        if (container.isEmpty()) {
            return Map.of("REALTIME_API_KEY", "sk-of-a-test");
        }
        for (EnvVar variable : container.get().getEnv()) {
            environment.put(
                    variable.getName(),
                    variable.getValue() != null
                            ? variable.getValue()
                            : SECRETS.getOrDefault(variable.getName(), "a secret that this test does not know"));
        }
        return environment;
    }

    private static <T> Stream<T> only(Class<T> kind, List<Change> changes) {
        return changes.stream()
                .filter(Change.Present.class::isInstance)
                .map(change -> ((Change.Present) change).resource())
                // A gateway has a ConfigMap and a Deployment of its own.
                .filter(resource -> kind.isInstance(resource)
                        && resource.getMetadata().getName().equals("pilot-bridge"))
                .map(kind::cast);
    }
}
