package dev.tom.bridge.observe;

import dev.tom.bridge.telephony.CallAcceptor;
import dev.tom.bridge.telephony.TelephonyListener;
import dev.tom.bridge.telephony.TelephonySocket;
import java.nio.ByteBuffer;
import org.slf4j.MDC;

/** Puts the call's id into the logging context while a call is told something. Audio passes without, fifty times a second as it is. */
public final class CallLogContext implements CallAcceptor {

    private final CallAcceptor calls;

    public CallLogContext(CallAcceptor calls) {
        this.calls = calls;
    }

    @Override
    public Admission admit(Arrival arrival) {
        return calls.admit(arrival);
    }

    @Override
    public TelephonyListener accepted(TelephonySocket socket) {
        return new Named(calls.accepted(socket));
    }

    private static final class Named implements TelephonyListener {
        private final TelephonyListener call;
        private String callId = "";

        Named(TelephonyListener call) {
            this.call = call;
        }

        @Override
        public void started(CallStart start) {
            callId = start.callId();
            named(() -> call.started(start));
        }

        @Override
        public void audio(ByteBuffer pcm) {
            call.audio(pcm);
        }

        @Override
        public void dtmf(char digit) {
            named(() -> call.dtmf(digit));
        }

        @Override
        public void audioEnded() {
            named(call::audioEnded);
        }

        @Override
        public void stopped(String reason) {
            named(() -> call.stopped(reason));
        }

        private void named(Runnable telling) {
            MDC.put(LogKeys.CALL, callId);
            try {
                telling.run();
            } finally {
                MDC.remove(LogKeys.CALL);
            }
        }
    }
}
