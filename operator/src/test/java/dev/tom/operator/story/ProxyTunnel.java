package dev.tom.operator.story;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request to a proxy, and the connection that it grants. */
final class ProxyTunnel implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final int status;

    /**
     * Asks on loopback.
     *
     * @param request method and target, such as {@code CONNECT host:443}
     */
    ProxyTunnel(int proxyPort, String request) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), proxyPort);
        socket.setSoTimeout(PATIENCE_MILLIS);
        String host = request.substring(request.indexOf(' ') + 1);
        write(request + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n");
        String head = head();
        status = Integer.parseInt(head.split(" ", 3)[1]);
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private String head() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the proxy closed after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    int status() {
        return status;
    }

    boolean echoes() throws IOException {
        write("hello");
        return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("hello");
    }

    /** Waits for the end, orderly or not; false when it does not come. */
    boolean ended() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
