package dev.tom.bench.side;

import dev.tom.bench.wire.Mark;
import dev.tom.bench.wire.Peer;
import dev.tom.bench.wire.Sound;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The messages of one Realtime session (protocols.md A4 to A6). Deltas are coded beforehand but for their marks. */
final class RealtimeVoice {

    /** What a client event asks for beyond its acknowledgement. */
    enum Wish {
        UNDERSTOOD,
        ANSWER,
        CANCEL,
        UNKNOWN
    }

    /** Bytes of a delta that are coded anew for each frame: a multiple of three that holds the mark. */
    private static final int CHANGING = 36;

    private static final int TRANSCRIPT_EVERY = 10;

    private final Peer peer;
    private final int number;
    private final byte[] codes = Sound.muLawFrame(Sound.ANSWER);
    private final byte[] changing = new byte[CHANGING];
    private final byte[] changed = new byte[CHANGING / 3 * 4];
    private byte[] delta = new byte[0];
    private int audioAt;
    private int events;
    private String response = "";
    private String item = "";

    RealtimeVoice(Peer peer, int number) {
        this.peer = peer;
        this.number = number;
    }

    void created() {
        send(
                "\"type\":\"session.created\",\"session\":{\"type\":\"realtime\",\"object\":\"realtime.session\",\"id\":\"sess_"
                        + number + "\",\"model\":\"bench\"}");
    }

    /** Answers a client event. */
    Wish command(String text) {
        JsonObject event;
        try {
            event = new JsonObject(text);
        } catch (DecodeException e) {
            return Wish.UNKNOWN;
        }
        return switch (event.getString("type", "")) {
            case "session.update" -> updated(event.getJsonObject("session", new JsonObject()));
            case "conversation.item.create" ->
                said("\"type\":\"conversation.item.added\",\"item\":"
                        + event.getJsonObject("item", new JsonObject()).encode());
            case "conversation.item.truncate" ->
                said("\"type\":\"conversation.item.truncated\",\"item_id\":\"" + event.getString("item_id")
                        + "\",\"content_index\":0,\"audio_end_ms\":" + event.getLong("audio_end_ms", 0L));
            case "conversation.item.delete" ->
                said("\"type\":\"conversation.item.deleted\",\"item_id\":\"" + event.getString("item_id") + "\"");
            case "response.create" -> Wish.ANSWER;
            case "response.cancel" -> Wish.CANCEL;
            default -> Wish.UNKNOWN;
        };
    }

    /** The GA shape for a G.711 leg, or an error as the service gives it. */
    private Wish updated(JsonObject session) {
        JsonObject audio = session.getJsonObject("audio", new JsonObject());
        boolean right = "realtime".equals(session.getString("type"))
                && "audio/pcmu".equals(format(audio, "input"))
                && "audio/pcmu".equals(format(audio, "output"));
        if (right) {
            return said("\"type\":\"session.updated\",\"session\":" + session.encode());
        }
        said("\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"code\":\"invalid_value\","
                + "\"message\":\"the session must be realtime with audio/pcmu both ways\"}");
        return Wish.UNKNOWN;
    }

    private static String format(JsonObject audio, String way) {
        return audio.getJsonObject(way, new JsonObject())
                .getJsonObject("format", new JsonObject())
                .getString("type", "");
    }

    void speechStarted() {
        send("\"type\":\"input_audio_buffer.speech_started\",\"audio_start_ms\":0,\"item_id\":\"" + callerItem()
                + "\"");
    }

    void speechStopped() {
        send("\"type\":\"input_audio_buffer.speech_stopped\",\"audio_end_ms\":0,\"item_id\":\"" + callerItem() + "\"");
        send("\"type\":\"input_audio_buffer.committed\",\"item_id\":\"" + callerItem()
                + "\",\"previous_item_id\":null");
        send("\"type\":\"conversation.item.added\",\"item\":{\"id\":\"" + callerItem()
                + "\",\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}]}");
    }

    void answerBegins(int answer) {
        response = "resp_" + number + "_" + answer;
        item = "item_" + number + "_" + answer;
        send("\"type\":\"response.created\",\"response\":{\"id\":\"" + response + "\",\"status\":\"in_progress\"}");
        send(
                "\"type\":\"rate_limits.updated\",\"rate_limits\":[{\"name\":\"requests\",\"limit\":1000,\"remaining\":999,"
                        + "\"reset_seconds\":0.06}]");
        send("\"type\":\"response.output_item.added\",\"response_id\":\"" + response
                + "\",\"output_index\":0,\"item\":{\"id\":\"" + item
                + "\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[]}");
        send("\"type\":\"response.content_part.added\"," + place() + ",\"part\":{\"type\":\"audio\"}");
        send("\"type\":\"conversation.item.input_audio_transcription.completed\",\"item_id\":\"" + callerItem()
                + "\",\"content_index\":0,\"transcript\":\"Haben Sie morgen einen Termin frei?\"");
        String head = "{\"type\":\"response.output_audio.delta\",\"event_id\":\"event_" + number + "_a" + answer + "\","
                + place() + ",\"delta\":\"";
        delta = (head + Base64.getEncoder().encodeToString(codes) + "\"}").getBytes(StandardCharsets.US_ASCII);
        audioAt = head.length();
    }

    /** One frame of the answer. */
    void delta(Mark mark) {
        mark.toMuLaw(codes);
        System.arraycopy(codes, 0, changing, 0, CHANGING);
        Base64.getEncoder().encode(changing, changed);
        System.arraycopy(changed, 0, delta, audioAt, changed.length);
        peer.text(delta, delta.length);
        if (mark.seq % TRANSCRIPT_EVERY == 0) {
            send("\"type\":\"response.output_audio_transcript.delta\"," + place() + ",\"delta\":\"Gerne \"");
        }
    }

    void answerEnds(String status, int frames) {
        send("\"type\":\"response.output_audio.done\"," + place());
        send("\"type\":\"response.output_audio_transcript.done\"," + place() + ",\"transcript\":\"Gerne.\"");
        send("\"type\":\"response.output_item.done\",\"response_id\":\"" + response
                + "\",\"output_index\":0,\"item\":{\"id\":\"" + item
                + "\",\"type\":\"message\",\"role\":\"assistant\"}");
        int tokens = frames * Mark.FRAME_MILLIS / 50;
        send("\"type\":\"response.done\",\"response\":{\"id\":\"" + response + "\",\"status\":\"" + status
                + "\",\"usage\":{\"total_tokens\":" + (150 + tokens)
                + ",\"input_tokens\":150,\"output_tokens\":" + tokens
                + ",\"input_token_details\":{\"text_tokens\":100,\"audio_tokens\":50,\"cached_tokens\":64,"
                + "\"cached_tokens_details\":{\"text_tokens\":64,\"audio_tokens\":0}},"
                + "\"output_token_details\":{\"text_tokens\":0,\"audio_tokens\":" + tokens + "}}}");
    }

    private String place() {
        return "\"response_id\":\"" + response + "\",\"item_id\":\"" + item
                + "\",\"output_index\":0,\"content_index\":0";
    }

    private String callerItem() {
        return "user_" + number;
    }

    private Wish said(String fields) {
        send(fields);
        return Wish.UNDERSTOOD;
    }

    private void send(String fields) {
        byte[] bytes = ("{\"event_id\":\"event_" + number + "_" + events++ + "\"," + fields + "}")
                .getBytes(StandardCharsets.UTF_8);
        peer.text(bytes, bytes.length);
    }
}
