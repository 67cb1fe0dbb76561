package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.TestWindow;
import java.util.Map;
import java.util.TreeMap;

/** Labels and annotations. None holds a version: selectors never change. */
public final class Labels {

    /** Name of the TestWindow, on everything that belongs to it. */
    public static final String WINDOW = "tom.dev/window";

    /** Selects what this operator watches. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    public static final String OPERATOR = "tom-operator";

    /**
     * On what may exist only while egress is open: the end of the window, in seconds since 1970. Once that second has come, all objects of one end
     * can be deleted by one request; an extension moves the label before anything else.
     */
    public static final String ENDS = "tom.dev/ends";

    /** On each bridge pod: a new value makes the kubelet sync the pod, and with it the projected ConfigMap, at once. */
    public static final String CONFIG_HASH = "tom.dev/config-hash";

    /** On a bridge pod: the ReplicaSet takes away the pods with the lowest number first. */
    static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    /** On the pod template: changes with the settings that only a new pod reads, and so rolls the pods when one of them changes. */
    static final String STATIC_CONFIG_HASH = "tom.dev/static-config-hash";

    /** What an object is for. */
    public static final String NAME = "app.kubernetes.io/name";

    /** {@link #NAME} of everything that makes up a gateway. */
    public static final String GATEWAY = "tom-gateway";

    private static final String BRIDGE = "tom-bridge";

    private Labels() {}

    /** On every object of a window but its gateway. */
    public static Map<String, String> of(TestWindow window) {
        return all(window, BRIDGE);
    }

    /** On everything that makes up a window's gateway. */
    static Map<String, String> gateway(TestWindow window) {
        return all(window, GATEWAY);
    }

    private static Map<String, String> all(TestWindow window, String what) {
        String name = window.getMetadata().getName();
        return sorted(Map.of(NAME, what, "app.kubernetes.io/instance", name, MANAGED_BY, OPERATOR, WINDOW, name));
    }

    /** Selects the bridge pods of a window. */
    public static Map<String, String> selector(TestWindow window) {
        return selector(window, BRIDGE);
    }

    /** Selects the pods of a window's gateway. */
    public static Map<String, String> gatewaySelector(TestWindow window) {
        return selector(window, GATEWAY);
    }

    private static Map<String, String> selector(TestWindow window, String what) {
        return sorted(Map.of(NAME, what, WINDOW, window.getMetadata().getName()));
    }

    private static Map<String, String> sorted(Map<String, String> labels) {
        return new TreeMap<>(labels);
    }
}
