package dev.tom.bridge.preflight;

import dev.tom.bridge.preflight.WayTry.Outcome;

/** Says what a try means and what to do about it. Pure. */
final class WayFinding {

    private WayFinding() {}

    static Finding of(Outcome outcome, Route route) {
        return switch (outcome) {
            case Outcome.Connected() -> Finding.good("reached");
            case Outcome.NotTried(String detail) ->
                Finding.bad(
                        "no_socket",
                        "The bridge had no socket to try the provider with (" + detail
                                + "): raise the limits of open files and ports.");
            case Outcome.Unresolved() -> unresolved(route);
            case Outcome.Refused(String detail) -> noConnection(route, detail);
            case Outcome.TimedOut() -> noConnection(route, "no answer");
            case Outcome.ProxyRefused(int status, String told) -> proxyRefused(route, status, told);
            case Outcome.NoTunnel(String detail) ->
                Finding.bad(
                        "proxy_refused",
                        "The proxy " + route.first().text() + " made no tunnel (" + detail
                                + "): check PROVIDER_PROXY, and that an HTTP proxy listens there.");
            case Outcome.TlsRefused(String detail) ->
                Finding.bad(
                        "tls_refused",
                        "TLS with " + route.provider().text() + " failed (" + detail
                                + "): check the address, and whether something on the way breaks TLS open.");
        };
    }

    private static Finding unresolved(Route route) {
        return Finding.bad(
                "unresolved",
                "The name " + route.first().host() + " does not resolve: check "
                        + (route.proxy().isPresent() ? "PROVIDER_PROXY" : "spec.provider.url")
                        + " and the cluster's DNS.");
    }

    private static Finding noConnection(Route route, String detail) {
        String told = route.first().text() + " (" + detail + ")";
        return Finding.bad(
                "no_connection",
                route.proxy().isPresent()
                        ? "No connection to the proxy " + told + ": check PROVIDER_PROXY and that the proxy runs."
                        : "No connection to " + told + ": check egress ranges and firewalls on the way.");
    }

    private static Finding proxyRefused(Route route, int status, String told) {
        String proxy = "The proxy " + route.first().text();
        String provider = route.provider().text() + " (" + told + ")";
        return Finding.bad(
                "proxy_refused",
                switch (status) {
                    case 403 ->
                        proxy + " does not let connections through to " + provider
                                + ": check PROVIDER_PROXY and what the proxy allows.";
                    case 407 ->
                        proxy + " wants a password (" + told
                                + "): set PROVIDER_PROXY to one that lets this bridge in without.";
                    case 502, 503, 504 ->
                        proxy + " cannot reach " + provider + ": check spec.provider.url and the proxy's way out.";
                    default -> proxy + " refused a tunnel to " + provider + ": read the proxy's log.";
                });
    }
}
