package dev.tom.demo;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The provider as the demo sees it: scripted, or a real one behind a relay. What it measures, it measures at its own end of the socket. */
interface ProviderSide extends AutoCloseable {

    /** Where the bridge connects to, {@code wss} with the demo's certificate. */
    URI url();

    /** For the timeline: what answers. */
    String description();

    /** All sessions so far, in the order in which they were opened. */
    List<Session> sessions();

    @Override
    void close();

    /** Sockets that are open now. */
    default int openSockets() {
        return (int) sessions().stream()
                .filter(session -> session.closedAt().isEmpty())
                .count();
    }

    /** Application bytes that arrived after a moment, on any socket. */
    default long bytesAfter(Instant moment) {
        return sessions().stream()
                .mapToLong(session -> session.bytesAfter(moment))
                .sum();
    }

    /** When the last socket closed. */
    default Optional<Instant> lastClosedAt() {
        return sessions().stream()
                .flatMap(session -> session.closedAt().stream())
                .max(Instant::compareTo);
    }

    /** One socket of the bridge. */
    interface Session {

        Optional<Instant> closedAt();

        long bytesAfter(Instant moment);

        /** A TCP reset, as a broken network or a crashed frontend gives it. */
        void reset();

        /** Stays open, listens, and says nothing more. */
        void mute();
    }
}
