package dev.tom.bridge.preflight;

import java.net.URI;

/**
 * Where the provider is, or a proxy that leads to it.
 *
 * @param host name or address, without brackets
 * @param port TCP port
 * @param tls whether its socket speaks TLS
 */
record Endpoint(String host, int port, boolean tls) {

    static Endpoint of(URI url) {
        boolean tls = "wss".equalsIgnoreCase(url.getScheme());
        String host = url.getHost();
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return new Endpoint(bare, url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80, tls);
    }

    /** Host and port as a URL writes them. */
    String text() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
