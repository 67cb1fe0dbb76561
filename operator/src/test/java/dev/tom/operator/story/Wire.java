package dev.tom.operator.story;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The way from one operator to the API server, which can be cut. */
final class Wire implements AutoCloseable {

    private final int target;
    private final ServerSocket entrance;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;

    /** Leads to a port of this machine. */
    Wire(int target) {
        this.target = target;
        try {
            entrance = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Every connection ends now, watches too; new ones are let through. */
    void dropsConnections() {
        open.forEach(Wire::end);
    }

    /** Every connection ends, and new ones too, until it is mended. */
    void breaks() {
        broken = true;
        dropsConnections();
    }

    void isMended() {
        broken = false;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket from = entrance.accept();
                if (broken) {
                    end(from);
                } else {
                    connect(from);
                }
            } catch (IOException e) {
                // the entrance was closed, or the other side does not listen: the next one is accepted or not
            }
        }
    }

    private void connect(Socket from) throws IOException {
        open.add(from);
        try {
            Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(to);
            threads.execute(() -> pump(from, to));
            threads.execute(() -> pump(to, from));
        } catch (IOException e) {
            end(from);
            throw e;
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // one side is gone, and so is the other now
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // gone already
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dropsConnections();
        threads.shutdownNow();
    }
}
