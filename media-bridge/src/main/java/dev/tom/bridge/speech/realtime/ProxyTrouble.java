package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.speech.FailureReason;
import io.netty.handler.proxy.HttpProxyHandler.HttpProxyConnectException;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What it means that a connection through a proxy was not made: the proxy itself is not there, it said no, or what lies behind it failed. Pure. */
final class ProxyTrouble {

    /** Netty tells the status in its message only. */
    private static final Pattern STATUS = Pattern.compile("status: ([1-5][0-9]{2})");

    /** By this header Squid says what it ran into. */
    private static final String SQUID_ERROR = "X-Squid-Error";

    private ProxyTrouble() {}

    static ConnectFailure of(Throwable failure) {
        return switch (failure) {
            case ProxyConnectException refused -> refused(refused);
            case UnknownHostException _ ->
                new ConnectFailure(
                        FailureReason.UNREACHABLE,
                        "The proxy's name does not resolve: check PROVIDER_PROXY and the cluster's DNS.");
            case io.netty.channel.ConnectTimeoutException _ ->
                new ConnectFailure(
                        FailureReason.TIMEOUT,
                        "The proxy did not answer in time: check PROVIDER_PROXY and that it lets this bridge in.");
            case ConnectException _ ->
                new ConnectFailure(
                        FailureReason.UNREACHABLE,
                        "The proxy cannot be reached: check PROVIDER_PROXY and that the proxy runs.");
            default -> ProviderTrouble.ofConnectFailure(failure);
        };
    }

    private static ConnectFailure refused(ProxyConnectException failure) {
        OptionalInt status = status(failure);
        if (status.isEmpty()) {
            return new ConnectFailure(
                    FailureReason.UNREACHABLE, "The proxy gave no answer that can be used: check PROVIDER_PROXY.");
        }
        String told = " (HTTP " + status.getAsInt() + squid(failure) + ")";
        return switch (status.getAsInt()) {
            // Nobody but a person changes what a proxy lets through: one call that meets it is enough.
            case 403 ->
                new ConnectFailure(
                        FailureReason.MISCONFIGURED,
                        "The proxy does not let connections to the provider through" + told
                                + ": check PROVIDER_PROXY and what the proxy allows.");
            case 407 ->
                new ConnectFailure(
                        FailureReason.MISCONFIGURED,
                        "The proxy wants a password" + told
                                + ": set PROVIDER_PROXY to one that lets this bridge in without.");
            case 502, 503, 504 ->
                new ConnectFailure(
                        FailureReason.UNREACHABLE,
                        "The proxy cannot reach the provider" + told
                                + ": check REALTIME_WS_URL and the proxy's way out.");
            default -> new ConnectFailure(FailureReason.REFUSED, "The proxy refused the connection" + told + ".");
        };
    }

    private static OptionalInt status(ProxyConnectException failure) {
        Matcher status = STATUS.matcher(String.valueOf(failure.getMessage()));
        return status.find() ? OptionalInt.of(Integer.parseInt(status.group(1))) : OptionalInt.empty();
    }

    private static String squid(ProxyConnectException failure) {
        String error = failure instanceof HttpProxyConnectException answered && answered.headers() != null
                ? answered.headers().get(SQUID_ERROR)
                : null;
        return error != null && error.matches("ERR_[A-Z_]{1,40}( [0-9]{1,5})?") ? ", " + error : "";
    }
}
