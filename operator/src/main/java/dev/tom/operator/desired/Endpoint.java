package dev.tom.operator.desired;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a URL. The CRD lets in only URLs that this understands; what it does not understand has no host and the scheme's port, for
 * nothing that a user wrote may keep egress from being closed.
 *
 * @param host name or address, IPv6 without brackets
 * @param port TCP port
 */
public record Endpoint(Optional<String> host, int port) {

    private static final Pattern URL = Pattern.compile(
            "(?<scheme>[a-z]+)://(?:\\[(?<ipv6>[0-9A-Fa-f:.]+)]|(?<host>[A-Za-z0-9.-]+))(?::(?<port>[0-9]{1,5}))?(?:/.*)?");

    /** Reads a URL; never fails. */
    public static Endpoint of(String url) {
        Matcher parts = URL.matcher(url);
        boolean secure = url.startsWith("wss:") || url.startsWith("https:");
        int schemePort = secure ? 443 : 80;
        if (!parts.matches()) {
            return new Endpoint(Optional.empty(), schemePort);
        }
        String host = parts.group("ipv6") == null ? parts.group("host") : parts.group("ipv6");
        return new Endpoint(Optional.ofNullable(host), port(parts).orElse(schemePort));
    }

    /** A host name without the dot that marks it as absolute. */
    static String plain(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static OptionalInt port(Matcher parts) {
        String text = parts.group("port");
        int port = text == null ? 0 : Integer.parseInt(text);
        return port > 0 && port <= 65535 ? OptionalInt.of(port) : OptionalInt.empty();
    }
}
