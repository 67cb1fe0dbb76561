package dev.tom.operator.window;

/** By which objects the way to the provider is opened and closed. */
public enum EgressMeans {
    /** A NetworkPolicy lets bridges reach addresses. */
    NETWORK_POLICY("NetworkPolicy"),
    /** A CiliumNetworkPolicy lets bridges reach the provider's host name. */
    CILIUM("Cilium"),
    /** A NetworkPolicy lets bridges reach a proxy, which lets through what goes to the provider's host. */
    GATEWAY("Gateway");

    private final String text;

    EgressMeans(String text) {
        this.text = text;
    }

    /** As it stands in the spec. */
    public String text() {
        return text;
    }
}
