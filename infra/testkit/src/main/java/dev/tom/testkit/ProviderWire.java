package dev.tom.testkit;

import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The sending side of one session, and what faults do to it. Confined to the socket's context. */
final class ProviderWire {

    private final Context context;
    private final ServerWebSocket socket;
    private final ByteLog bytes;
    private boolean silent;
    private int nextEvent = 1;

    ProviderWire(Context context, ServerWebSocket socket, ByteLog bytes) {
        this.context = context;
        this.socket = socket;
        this.bytes = bytes;
    }

    Context context() {
        return context;
    }

    void send(String type, JsonObject fields) {
        String eventId = "event_" + nextEvent++;
        JsonObject event = new JsonObject().put("type", type).put("event_id", eventId);
        sendText(event.mergeIn(fields).encode());
    }

    void error(String type, String code, String message, Optional<String> param, Optional<String> cause) {
        JsonObject error = new JsonObject()
                .put("type", type)
                .put("code", code)
                .put("message", message)
                .put("param", param.orElse(null))
                .put("event_id", cause.orElse(null));
        send("error", new JsonObject().put("error", error));
    }

    private void sendText(String text) {
        if (!silent && !socket.isClosed()) {
            socket.writeTextMessage(text);
        }
    }

    /** Plays a fault that needs no waiting. */
    void strike(Fault fault, ProviderSession session) {
        switch (fault) {
            case Fault.Close(int code, String reason) -> close(code, reason, session);
            case Fault.AcceptThenClose(int code, String reason) -> close(code, reason, session);
            case Fault.Reset() -> {
                session.endedBy(ProviderSession.Ended.BY_PROVIDER, Optional.empty());
                silent = true;
                bytes.reset();
            }
            case Fault.Drop() -> {
                session.endedBy(ProviderSession.Ended.BY_PROVIDER, Optional.empty());
                silent = true;
                bytes.drop();
            }
            case Fault.Mute() -> silent = true;
            case Fault.Blackhole() -> {
                silent = true;
                bytes.stopReading();
            }
            case Fault.Garbage() -> sendText("<html>502 Bad Gateway</html>");
            case Fault.HalfJson() ->
                sendText("{\"type\":\"response.output_audio.delta\",\"event_id\":\"event_x\",\"del");
            case Fault.HugeFrame(int length) ->
                sendText("{\"type\":\"response.output_audio.delta\",\"delta\":\"" + "A".repeat(length) + "\"}");
            case Fault.SessionExpired() -> {
                error(
                        "invalid_request_error",
                        "session_expired",
                        "Your session hit the maximum duration of 60 minutes.",
                        Optional.empty(),
                        Optional.empty());
                close(1001, "Session hit the maximum duration", session);
            }
            case Fault.ErrorEvent(String type, String code, String message) ->
                error(type, code, message, Optional.empty(), Optional.empty());
            case Fault.RefuseUpgrade _,
                    Fault.HangUpgrade _,
                    Fault.SlowFirstAudio _,
                    Fault.FailResponses _,
                    Fault.LinearOnly _,
                    Fault.LateDeltas _,
                    Fault.DuringAnswer _,
                    Fault.DuringSpeech _ ->
                throw new IllegalArgumentException(fault + " does not strike a live session at once");
        }
    }

    private void close(int code, String reason, ProviderSession session) {
        session.endedBy(ProviderSession.Ended.BY_PROVIDER, Optional.empty());
        silent = true;
        socket.close((short) code, reason);
    }
}
