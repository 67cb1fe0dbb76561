package dev.tom.operator.desired;

/** Names of objects, volumes, ports and folders. What two sides must agree on stands here. */
public final class Names {

    public static final String FIELD_MANAGER = "tom-operator";

    /** Name of the container that carries calls. */
    public static final String BRIDGE_CONTAINER = "bridge";

    /** Name of the container with the speech engines. */
    public static final String WORKER_CONTAINER = "speech-worker";

    static final String CONFIG_DIR = "/etc/tom/bridge";
    static final String TARIFF_DIR = "/etc/tom/tariff";
    static final String TARIFF_FILE = "tariff.json";
    static final String TLS_DIR = "/etc/tom/tls";
    static final String MODELS_DIR = "/models";
    static final String COST_DIR = "/var/lib/tom/costs";
    static final int TELEPHONY_PORT = 8080;
    static final int ADMIN_PORT_NUMBER = 8085;
    static final int WORKER_PORT = 8090;
    static final int GATEWAY_PORT = 3128;

    /** Name of the container port where a bridge serves {@code /status}. */
    public static final String ADMIN_PORT = "admin";

    static final String TELEPHONY_PORT_NAME = "telephony";

    private Names() {}

    /** ConfigMap, Deployment, Service, ServiceAccount and the default-deny NetworkPolicy. */
    public static String bridge(String window) {
        return window + "-bridge";
    }

    /** Deployment, Service, ConfigMap and NetworkPolicy of the gateway. */
    public static String gateway(String window) {
        return window + "-gateway";
    }

    /** The policy that exists exactly while egress is open: a NetworkPolicy, or a CiliumNetworkPolicy. */
    public static String providerEgress(String window) {
        return window + "-provider-egress";
    }

    /** The ConfigMap with the report. */
    public static String report(String window) {
        return window + "-report";
    }
}
