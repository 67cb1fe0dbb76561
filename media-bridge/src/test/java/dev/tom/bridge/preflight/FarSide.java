package dev.tom.bridge.preflight;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The provider as a try meets it: takes connections, says nothing of its own and reads until the other side has closed. */
public final class FarSide implements AutoCloseable {

    private final ServerSocket server;
    private final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();

    /**
     * A connection that is over, seen from here.
     *
     * @param handshake whether TLS came to an end that both sides agree on
     * @param bytes of the application; without TLS all that came
     */
    public record Visit(boolean handshake, int bytes) {}

    private FarSide(ServerSocket server) {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    /** The keys of a store, and trust in them. */
    public static SSLContext keys(Path store) throws IOException, GeneralSecurityException {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password);
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, password);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    /** Without TLS. */
    public static FarSide plain() throws IOException {
        return new FarSide(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
    }

    /** @param protocol the only one it speaks */
    public static FarSide withTls(SSLContext keys, String protocol) throws IOException {
        var server = (SSLServerSocket)
                keys.getServerSocketFactory().createServerSocket(0, 8, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {protocol});
        return new FarSide(server);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The next connection that is over; waits for it. */
    public Visit visit() throws InterruptedException {
        return Optional.ofNullable(visits.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }

    /** Whether somebody was here who was not asked about yet. */
    public boolean hadOthers() {
        return !visits.isEmpty();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> visits.add(visited(socket)));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static Visit visited(Socket socket) {
        boolean handshake = false;
        int bytes = 0;
        try (socket) {
            if (socket instanceof SSLSocket tls) {
                tls.startHandshake();
                handshake = true;
            }
            while (socket.getInputStream().read() >= 0) {
                bytes++;
            }
        } catch (IOException e) {
            // An end as well; what had come until then is counted.
        }
        return new Visit(handshake, bytes);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
