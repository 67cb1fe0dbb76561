package dev.tom.bridge.preflight;

import java.net.URI;

/**
 * Where the provider is.
 *
 * @param host name or address, without brackets
 * @param port TCP port
 * @param tls whether its socket speaks TLS
 */
record ProviderAddress(String host, int port, boolean tls) {

    static ProviderAddress of(URI url) {
        boolean tls = "wss".equalsIgnoreCase(url.getScheme());
        String host = url.getHost();
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return new ProviderAddress(bare, url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80, tls);
    }

    String text() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
