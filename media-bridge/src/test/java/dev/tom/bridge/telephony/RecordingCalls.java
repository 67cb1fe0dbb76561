package dev.tom.bridge.telephony;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Takes every call and writes down what its listener is told. */
final class RecordingCalls implements CallAcceptor {

    volatile Admission admission = new Admission.Accepted();
    final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    final List<Call> calls = new CopyOnWriteArrayList<>();

    @Override
    public Admission admit(Arrival arrival) {
        arrivals.add(arrival);
        return admission;
    }

    @Override
    public TelephonyListener accepted(TelephonySocket socket) {
        var call = new Call(socket, Objects.requireNonNull(Vertx.currentContext()));
        calls.add(call);
        return call;
    }

    /** One call. */
    static final class Call implements TelephonyListener {
        private final TelephonySocket socket;
        private final Context context;
        private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
        final List<String> told = new CopyOnWriteArrayList<>();
        final List<Integer> chunks = new CopyOnWriteArrayList<>();
        final List<CallStart> starts = new CopyOnWriteArrayList<>();

        Call(TelephonySocket socket, Context context) {
            this.socket = socket;
            this.context = context;
        }

        /** Does something with the socket on its context. */
        void act(Consumer<TelephonySocket> action) {
            context.runOnContext(_ -> action.accept(socket));
        }

        CallStart start() {
            return starts.getFirst();
        }

        synchronized byte[] pcm() {
            return pcm.toByteArray();
        }

        @Override
        public void started(CallStart start) {
            starts.add(start);
            told.add("started");
        }

        @Override
        public synchronized void audio(ByteBuffer audio) {
            if (told.isEmpty() || told.contains("audioEnded")) {
                told.add("audio out of turn");
            }
            byte[] bytes = new byte[audio.remaining()];
            audio.get(bytes);
            pcm.writeBytes(bytes);
            chunks.add(bytes.length);
        }

        @Override
        public void dtmf(char digit) {
            told.add("dtmf " + digit);
        }

        @Override
        public void audioEnded() {
            told.add("audioEnded");
        }

        @Override
        public void stopped(String reason) {
            told.add("stopped: " + reason);
        }
    }
}
