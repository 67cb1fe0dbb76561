package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.Provider;
import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

/**
 * What the gateway lets through: tunnels to the provider's host and port, and nothing else. It cannot look into them, keeps nothing, and writes
 * one line for each tunnel that ends.
 */
final class GatewayConfig {

    static final String FILE = "squid.conf";

    /**
     * Name by which nobody can be reached, for a provider whose URL names no host that we understand: then nothing is let through. RFC 6761.
     */
    private static final String NOWHERE = "nowhere.invalid";

    private GatewayConfig() {}

    static ConfigMap of(TestWindow window, Provider provider) {
        return new ConfigMapBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.gateway(window.getMetadata().getName()), Labels.gateway(window)))
                .addToData(FILE, text(provider))
                .build();
    }

    /** The pods read it once: a new text needs new pods. */
    static String hash(Provider provider) {
        return Fingerprint.of(text(provider));
    }

    static String text(Provider provider) {
        Endpoint endpoint = Endpoint.of(provider.url());
        return """
                # Tunnels to the provider, and nothing else.
                http_port %d
                acl tunnel method CONNECT
                acl provider_host dstdomain -n %s
                acl provider_port port %d
                http_access allow tunnel provider_host provider_port
                http_access deny all

                # A refused or silent provider is told to the bridge within the time that a caller would wait.
                connect_timeout 2 seconds
                forward_timeout 2 seconds
                dns_timeout 2 seconds
                # A tunnel lives as long as its window, which is a day at the most.
                read_timeout 1 day
                client_lifetime 1 day
                # What is told to end, ends.
                shutdown_lifetime 0 seconds

                # Nothing is kept.
                cache deny all
                cache_mem 0
                memory_pools off
                pid_filename none
                coredump_dir none
                netdb_filename none
                pinger_enable off
                # One line for each tunnel that ends: who, what was asked for, the answer, bytes, milliseconds. Probes ask for nothing.
                acl asked has request
                logformat tunnel %%ts.%%03tu %%>a %%rm %%ru %%>Hs %%<st %%tr
                access_log stdio:/dev/stdout tunnel asked
                cache_log /dev/null
                visible_hostname tom-gateway
                httpd_suppress_version_string on
                via off
                forwarded_for delete
                """.formatted(
                Names.GATEWAY_PORT, endpoint.host().map(GatewayConfig::host).orElse(NOWHERE), endpoint.port());
    }

    private static String host(String host) {
        return host.contains(":") ? "[" + host + "]" : Endpoint.plain(host);
    }
}
