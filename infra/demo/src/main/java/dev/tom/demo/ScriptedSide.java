package dev.tom.demo;

import dev.tom.testkit.Fault;
import dev.tom.testkit.ProviderSession;
import dev.tom.testkit.ScriptedProvider;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The scripted provider as the demo's provider. */
record ScriptedSide(ScriptedProvider provider) implements ProviderSide {

    @Override
    public URI url() {
        return provider.url();
    }

    @Override
    public String description() {
        return "scripted provider, real protocol";
    }

    @Override
    public List<Session> sessions() {
        return provider.sessions().stream().<Session>map(ScriptedSession::new).toList();
    }

    @Override
    public int openSockets() {
        return provider.openSockets();
    }

    @Override
    public long bytesAfter(Instant moment) {
        return provider.bytesAfter(moment);
    }

    @Override
    public Optional<Instant> lastClosedAt() {
        return provider.lastSocketClosedAt();
    }

    @Override
    public void close() {
        provider.close();
    }

    private record ScriptedSession(ProviderSession session) implements Session {

        @Override
        public Optional<Instant> closedAt() {
            return session.closedAt();
        }

        @Override
        public long bytesAfter(Instant moment) {
            return session.bytesAfter(moment);
        }

        @Override
        public void reset() {
            session.strike(new Fault.Reset());
        }

        @Override
        public void mute() {
            session.strike(new Fault.Mute());
        }
    }
}
