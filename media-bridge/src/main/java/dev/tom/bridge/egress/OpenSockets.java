package dev.tom.bridge.egress;

import dev.tom.bridge.call.egress.ProviderSockets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The register of provider sockets. A socket that was cut stays in it until its owner says that it is gone: the count is evidence. */
final class OpenSockets {

    private static final Logger log = LoggerFactory.getLogger(OpenSockets.class);

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Optional<Instant> lastClosedAt = Optional.empty();
    private final InstantSource clock;

    OpenSockets(InstantSource clock) {
        this.clock = clock;
    }

    ProviderSockets.Entry add(Runnable cut) {
        var socket = new Socket(cut);
        open.add(socket);
        return socket;
    }

    int count() {
        return open.size();
    }

    Optional<Instant> lastClosedAt() {
        return lastClosedAt;
    }

    /** Cuts every socket that was not cut yet; one that fails does not save the others. */
    void cutAll() {
        for (Socket socket : open) {
            if (socket.wasCut.compareAndSet(false, true)) {
                try {
                    socket.cut.run();
                } catch (RuntimeException | Error e) {
                    log.error("A provider socket could not be cut and may still be open", e);
                }
            }
        }
    }

    private final class Socket implements ProviderSockets.Entry {
        private final Runnable cut;
        private final AtomicBoolean wasCut = new AtomicBoolean();

        Socket(Runnable cut) {
            this.cut = cut;
        }

        @Override
        public void close() {
            if (open.remove(this)) {
                lastClosedAt = Optional.of(clock.instant());
            }
        }
    }
}
