package dev.tom.bridge.preflight;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a proxy for a tunnel ({@code CONNECT}, RFC 9110 section 9.3.6). Blocks; the socket's own timeout bounds each read, whoever closes it the whole. */
final class ProxyTunnel {

    /** Most bytes of status line and headers: what proxies say here is far shorter. */
    static final int MAX_HEAD_BYTES = 8_192;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

    /** By this header Squid says what it ran into. */
    private static final Pattern SQUID_ERROR =
            Pattern.compile("X-Squid-Error: *(ERR_[A-Z_]{1,40}(?: [0-9]{1,5})?) *", Pattern.CASE_INSENSITIVE);

    private ProxyTunnel() {}

    /**
     * What the proxy said.
     *
     * @param status of HTTP
     * @param error its own word for it, where it has one
     */
    record Answer(int status, Optional<String> error) {

        /** Whether the tunnel is there: only with 200, for sessions take no other status either. */
        boolean open() {
            return status == 200;
        }

        String text() {
            return "HTTP " + status + error.map(word -> ", " + word).orElse("");
        }
    }

    /**
     * Asks, and reads not one byte of what comes through the tunnel.
     *
     * @param socket connected to the proxy
     * @throws ProtocolException when the answer is none of HTTP/1
     */
    static Answer ask(Socket socket, Endpoint provider) throws IOException {
        String request = "CONNECT " + provider.text() + " HTTP/1.1\r\n" + "Host: " + provider.text() + "\r\n" + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return answer(head(socket.getInputStream()));
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0 || head.length() == MAX_HEAD_BYTES) {
                throw new ProtocolException("no answer that can be used");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static Answer answer(String head) throws ProtocolException {
        Matcher status = STATUS.matcher(head.lines().findFirst().orElse(""));
        if (!status.matches()) {
            throw new ProtocolException("no answer that can be used");
        }
        Optional<String> error = head.lines()
                .map(SQUID_ERROR::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .findFirst();
        return new Answer(Integer.parseInt(status.group(1)), error);
    }
}
