package dev.tom.operator.desired;

import java.util.Map;
import java.util.Optional;

/**
 * What the operator adds to what a TestWindow says.
 *
 * @param bridgeImage image of bridge and speech worker where the TestWindow names none
 * @param operatorPods labels of the operator's pods, which may read {@code /status}
 * @param prometheusPods labels of Prometheus' pods, which may read {@code /metrics}
 * @param gatewayImage image of the gateway where the TestWindow names none
 * @param dns who resolves names
 */
public record OperatorDefaults(
        String bridgeImage,
        Map<String, String> operatorPods,
        Map<String, String> prometheusPods,
        Optional<String> gatewayImage,
        DnsPeers dns) {

    public OperatorDefaults {
        operatorPods = Map.copyOf(operatorPods);
        prometheusPods = Map.copyOf(prometheusPods);
    }
}
