package dev.tom.bridge.preflight;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One try to reach the provider: the name, a TCP connection, where a proxy leads there its tunnel, and where asked for the TLS handshake with a check
 * of name and certificate. Nothing else is written; the socket is closed whatever comes of it. Blocks for at most the limit.
 */
final class WayTry {

    private static final int MAX_DETAIL = 160;

    private final SSLSocketFactory tls;

    WayTry(SSLSocketFactory tls) {
        this.tls = tls;
    }

    /** What came of it. */
    sealed interface Outcome {
        /** The far side answered, with TLS where it was asked for. */
        record Connected() implements Outcome {}

        /** This machine had no socket to try with, which says nothing about the network. */
        record NotTried(String detail) implements Outcome {}

        /** The name of provider or proxy has no address, or nobody said in time. */
        record Unresolved() implements Outcome {}

        /** The network or the far side said no. */
        record Refused(String detail) implements Outcome {}

        /** Nobody said anything. */
        record TimedOut() implements Outcome {}

        /** The proxy said no, by an HTTP status. */
        record ProxyRefused(int status, String told) implements Outcome {}

        /** The proxy said nothing that could be used. */
        record NoTunnel(String detail) implements Outcome {}

        /** The connection was there, TLS was not. */
        record TlsRefused(String detail) implements Outcome {}
    }

    /** How far it has come; tells what a try that took too long was waiting for. */
    private enum Step {
        NAME,
        SOCKET,
        TCP,
        TUNNEL,
        TLS
    }

    private static final class Progress {
        private volatile Step step = Step.NAME;
        private final Socket socket = new Socket();
    }

    /**
     * Tries.
     *
     * @param limit for name, connection, tunnel and handshake together
     */
    Outcome once(Route route, Duration limit) {
        var progress = new Progress();
        var result = new CompletableFuture<Outcome>();
        // A thread of its own: nothing bounds how long the machine's resolver may take.
        Thread.ofPlatform()
                .daemon()
                .name("way-try")
                .start(() -> result.complete(attempt(route, (int) limit.toMillis(), progress)));
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return tooLate(progress.step);
        } catch (ExecutionException e) {
            return new Outcome.Refused(detail(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.TimedOut();
        } finally {
            close(progress.socket);
        }
    }

    private static Outcome tooLate(Step step) {
        return switch (step) {
            case NAME -> new Outcome.Unresolved();
            case SOCKET -> new Outcome.NotTried("no socket in time");
            case TCP -> new Outcome.TimedOut();
            case TUNNEL -> new Outcome.NoTunnel("no answer in time");
            case TLS -> new Outcome.TlsRefused("no answer in time");
        };
    }

    private Outcome attempt(Route route, int limitMillis, Progress progress) {
        try (Socket socket = progress.socket) {
            Endpoint first = route.first();
            InetAddress found = InetAddress.getByName(first.host());
            progress.step = Step.SOCKET;
            socket.bind(null);
            progress.step = Step.TCP;
            socket.connect(new InetSocketAddress(found, first.port()), limitMillis);
            socket.setSoTimeout(limitMillis);
            if (route.proxy().isPresent()) {
                progress.step = Step.TUNNEL;
                ProxyTunnel.Answer answer = ProxyTunnel.ask(socket, route.provider());
                if (!answer.open()) {
                    return new Outcome.ProxyRefused(answer.status(), answer.text());
                }
            }
            if (route.withTls()) {
                progress.step = Step.TLS;
                handshake(socket, route.provider());
            }
            return new Outcome.Connected();
        } catch (UnknownHostException e) {
            return new Outcome.Unresolved();
        } catch (SocketTimeoutException e) {
            return tooLate(progress.step);
        } catch (IOException | RuntimeException e) {
            return failed(progress.step, detail(e));
        }
    }

    private static Outcome failed(Step step, String detail) {
        return switch (step) {
            case SOCKET -> new Outcome.NotTried(detail);
            case NAME, TCP -> new Outcome.Refused(detail);
            case TUNNEL -> new Outcome.NoTunnel(detail);
            case TLS -> new Outcome.TlsRefused(detail);
        };
    }

    private void handshake(Socket socket, Endpoint provider) throws IOException {
        try (SSLSocket secure = (SSLSocket) tls.createSocket(socket, provider.host(), provider.port(), true)) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
        }
    }

    /** Innermost cause that speaks of the certificate, else the innermost of all; bounded, for a far side may have written it. */
    private static String detail(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !(cause instanceof CertificateException)) {
            cause = cause.getCause();
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String line = text.lines().findFirst().orElse("").strip();
        String bounded = line.length() <= MAX_DETAIL ? line : line.substring(0, MAX_DETAIL);
        return cause instanceof CertificateException ? "certificate: " + bounded : bounded;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone as it is.
        }
    }
}
