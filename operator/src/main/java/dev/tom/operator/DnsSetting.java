package dev.tom.operator;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.tom.operator.OperatorSettings.BadSettingException;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Who resolves names, as the environment says it: peers as in a NetworkPolicy, in JSON or YAML, and ports with commas. */
final class DnsSetting {

    private static final Pattern CIDR = Pattern.compile("[0-9A-Fa-f:.]+/[0-9]{1,3}");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int MAX_PORT = 65_535;

    private DnsSetting() {}

    static List<NetworkPolicyPeer> peers(String name, String text) {
        List<NetworkPolicyPeer> peers;
        try {
            peers = new KubernetesSerialization().unmarshal(text, new TypeReference<List<NetworkPolicyPeer>>() {});
        } catch (RuntimeException e) {
            throw wrongPeers(name, text);
        }
        if (peers == null || peers.isEmpty() || !peers.stream().allMatch(DnsSetting::isPeer)) {
            throw wrongPeers(name, text);
        }
        return peers;
    }

    private static boolean isPeer(NetworkPolicyPeer peer) {
        if (peer == null || !peer.getAdditionalProperties().isEmpty()) {
            return false;
        }
        boolean pods = peer.getPodSelector() != null || peer.getNamespaceSelector() != null;
        boolean addresses = peer.getIpBlock() != null
                && peer.getIpBlock().getCidr() != null
                && CIDR.matcher(peer.getIpBlock().getCidr()).matches();
        return peer.getIpBlock() == null ? pods : addresses && !pods;
    }

    private static BadSettingException wrongPeers(String name, String text) {
        return new BadSettingException(
                "%s is \"%s\": write a list of peers as in a NetworkPolicy, such as [{\"ipBlock\":{\"cidr\":\"169.254.20.10/32\"}}]"
                        .formatted(name, text));
    }

    static List<Integer> ports(String name, String text) {
        List<String> ports =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (!ports.stream().allMatch(port -> PORT.matcher(port).matches() && Integer.parseInt(port) <= MAX_PORT)) {
            throw new BadSettingException(
                    "%s is \"%s\": write ports from 1 to 65535 as 53 or 53,5353".formatted(name, text));
        }
        return ports.stream().map(Integer::valueOf).distinct().sorted().toList();
    }
}
