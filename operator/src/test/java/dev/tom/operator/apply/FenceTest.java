package dev.tom.operator.apply;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tom.operator.desired.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FenceTest {

    private static final Instant END = Instant.parse("2026-12-01T10:00:00Z");

    private static NetworkPolicy wayOut() {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName("pilot-provider-egress")
                .addToLabels(Labels.ENDS, Long.toString(END.getEpochSecond()))
                .endMetadata()
                .build();
    }

    private static ConfigMap told(String allow, String until) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("pilot-bridge")
                .endMetadata()
                .addToData("ALLOW_EGRESS", allow)
                .addToData("EGRESS_UNTIL", until)
                .build();
    }

    private static Fence fence(boolean certain, Instant now) {
        return new Fence(() -> certain, () -> now);
    }

    @Test
    void opensUntilTheEndAndNotAfterIt() {
        assertThatCode(() -> fence(true, END.minusMillis(1)).check(wayOut())).doesNotThrowAnyException();
        assertThatThrownBy(() -> fence(true, END).check(wayOut())).hasMessageContaining("which is over");
        assertThatCode(() -> fence(true, END.minusMillis(1)).check(told("true", END.toString())))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> fence(true, END).check(told("true", END.toString())))
                .hasMessageContaining("which is over");
        assertThatThrownBy(() -> fence(true, END.minusSeconds(60)).check(told("true", "some day")))
                .hasMessageContaining("which is over");
    }

    @Test
    void opensNothingInDoubt() {
        assertThatThrownBy(() -> fence(false, END.minusSeconds(60)).check(wayOut()))
                .hasMessageContaining("another process may act");
    }

    @Test
    void whatOpensNothingAlwaysPasses() {
        NetworkPolicy deny = new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName("pilot-bridge")
                .endMetadata()
                .build();
        assertThatCode(() -> fence(false, END.plusSeconds(60)).check(deny)).doesNotThrowAnyException();
        assertThatCode(() -> fence(false, END.plusSeconds(60)).check(told("false", "")))
                .doesNotThrowAnyException();
    }
}
