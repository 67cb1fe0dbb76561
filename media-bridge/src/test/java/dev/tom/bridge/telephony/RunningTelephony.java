package dev.tom.bridge.telephony;

import dev.tom.bridge.telephony.access.Auth;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A telephone server on a free port of loopback, with calls that are written down. */
final class RunningTelephony implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    final RecordingCalls recorder = new RecordingCalls();
    final List<String> bounds = new CopyOnWriteArrayList<>();
    final List<Instant> certificateEnds = new CopyOnWriteArrayList<>();
    final int port;

    RunningTelephony(Auth auth, TelephonyLimits limits) {
        this(new TelephonySettings("127.0.0.1", 0, auth, "a salt"), limits);
    }

    RunningTelephony(TelephonySettings settings, TelephonyLimits limits) {
        var observer = new TelephonyObserver() {
            @Override
            public void refused(int status) {
                bounds.add("refused " + status);
            }

            @Override
            public void limited(String bound) {
                bounds.add(bound);
            }

            @Override
            public void stale(long frames) {
                bounds.add("stale " + frames);
            }

            @Override
            public void mixedUp(String how) {
                bounds.add("mixed up " + how);
            }

            @Override
            public void unverifiable(String reason) {
                bounds.add("unverifiable " + reason);
            }

            @Override
            public void certificateExpires(Instant end) {
                certificateEnds.add(end);
            }
        };
        port = new TelephonyServer(vertx, settings, limits, recorder, observer, InstantSource.system())
                .start(2)
                .await();
    }

    RawSwitch connect() throws IOException {
        return new RawSwitch(port);
    }

    /** A socket that is upgraded already. */
    RawSwitch upgraded(String target) throws IOException {
        RawSwitch caller = connect();
        String answer = caller.request(RawSwitch.upgrade(target));
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new IOException(answer);
        }
        return caller;
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
