package dev.tom.bridge.preflight;

import java.util.Optional;

/**
 * A way to the provider, as far as a try of it goes.
 *
 * @param provider where it leads
 * @param proxy leads there by CONNECT; empty: nothing lies between
 * @param withTls whether the handshake with the provider belongs to it
 */
record Route(Endpoint provider, Optional<Endpoint> proxy, boolean withTls) {

    /** The way that calls take. */
    static Route ofCalls(Endpoint provider, Optional<Endpoint> proxy) {
        return new Route(provider, proxy, provider.tls());
    }

    /** Past the proxy, and no further than TCP. */
    Route direct() {
        return new Route(provider, Optional.empty(), false);
    }

    /** Whom the socket is connected to. */
    Endpoint first() {
        return proxy.orElse(provider);
    }
}
