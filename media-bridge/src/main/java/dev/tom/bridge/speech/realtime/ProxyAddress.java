package dev.tom.bridge.speech.realtime;

/**
 * Where an HTTP proxy listens. It is asked for a tunnel ({@code CONNECT}, RFC 9110 section 9.3.6) and sees host, port and encrypted bytes.
 *
 * @param host name or address, IPv6 in brackets
 * @param port TCP port, 1 to 65535
 */
public record ProxyAddress(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
