package dev.tom.bridge.preflight;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A proxy that answers every CONNECT as it was told to, and with 200 leads to one provider. */
public final class ConnectProxy implements AutoCloseable {

    static final String OPEN = "HTTP/1.1 200 Connection established\r\n\r\n";

    private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private final String answer;
    private final int provider;

    private ConnectProxy(String answer, int provider) throws IOException {
        this.answer = answer;
        this.provider = provider;
        Thread.ofVirtual().start(this::accept);
    }

    /** Leads to this port. */
    public static ConnectProxy to(int provider) throws IOException {
        return new ConnectProxy(OPEN, provider);
    }

    /** Says this and nothing more; empty: is silent. */
    public static ConnectProxy saying(String answer) throws IOException {
        return new ConnectProxy(answer, 0);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What it was asked, to the empty line; waits for it. */
    public String head() throws InterruptedException {
        return Optional.ofNullable(heads.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }

    /** Whether it was asked by somebody who was not looked at yet. */
    public boolean hadOthers() {
        return !heads.isEmpty();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            heads.add(head.toString());
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            if (provider > 0) {
                tunnel(socket);
            } else {
                in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            // The other side has gone.
        }
    }

    private void tunnel(Socket socket) throws IOException {
        try (var onward = new Socket(InetAddress.getLoopbackAddress(), provider)) {
            Thread.ofVirtual().start(() -> relay(onward, socket));
            relay(socket, onward);
        }
    }

    /** Until one of both ends; then the other ends too. */
    private static void relay(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // It is over.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
