package dev.tom.bridge.speech.realtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tom.bridge.speech.TokenUsage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Base64;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Server events from their bytes. Pure. Audio is decoded straight from the bytes of the message; everything else is small and goes
 * through {@link JsonObject}.
 */
final class RealtimeCodec {

    private static final String AUDIO_DELTA = "response.output_audio.delta";
    private static final int MAX_DEPTH = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private RealtimeCodec() {}

    /** Reads one text message; never throws. */
    static RealtimeMessage decode(byte[] message) {
        try (JsonParser parser = JSON.createParser(message)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new RealtimeMessage.Malformed("is no JSON object");
            }
            JsonObject fields = new JsonObject();
            byte[] audio = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING
                        && "delta".equals(name)
                        && AUDIO_DELTA.equals(fields.getValue("type"))) {
                    audio = parser.getBinaryValue();
                } else {
                    fields.put(name, value(parser));
                }
            }
            return read(fields, audio);
        } catch (IOException e) {
            return new RealtimeMessage.Malformed("is no valid JSON");
        } catch (ClassCastException | IllegalArgumentException e) {
            return new RealtimeMessage.Malformed("has a field of the wrong type");
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                JsonObject object = new JsonObject();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                JsonArray array = new JsonArray();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("unexpected " + parser.currentToken());
        };
    }

    private static RealtimeMessage read(JsonObject event, byte @Nullable [] audio) {
        String type = text(event, "type");
        return switch (type) {
            case "" -> new RealtimeMessage.Malformed("has no type");
            case "session.created" -> {
                JsonObject session = object(event, "session");
                Long expires = session.getLong("expires_at");
                yield new RealtimeMessage.SessionCreated(
                        text(session, "id"), expires == null ? OptionalLong.empty() : OptionalLong.of(expires));
            }
            case "session.updated" -> {
                JsonObject sound = object(object(event, "session"), "audio");
                yield new RealtimeMessage.SessionUpdated(
                        text(object(object(sound, "input"), "format"), "type"),
                        text(object(object(sound, "output"), "format"), "type"));
            }
            case "input_audio_buffer.speech_started" -> new RealtimeMessage.SpeechStarted(text(event, "item_id"));
            case "conversation.item.input_audio_transcription.completed" ->
                new RealtimeMessage.CallerTranscript(text(event, "item_id"), text(event, "transcript"));
            case "response.created" -> new RealtimeMessage.ResponseCreated(text(object(event, "response"), "id"));
            case AUDIO_DELTA ->
                new RealtimeMessage.AudioDelta(
                        text(event, "response_id"),
                        text(event, "item_id"),
                        // The type came after the delta, so it was read as text.
                        audio != null ? audio : Base64.getDecoder().decode(text(event, "delta")));
            case "response.output_audio_transcript.delta" ->
                new RealtimeMessage.TranscriptDelta(
                        text(event, "response_id"), text(event, "item_id"), text(event, "delta"));
            case "response.done" -> responseDone(object(event, "response"));
            case "error" -> {
                JsonObject error = object(event, "error");
                yield new RealtimeMessage.ErrorEvent(
                        text(error, "type"), text(error, "code"), text(error, "message"), text(error, "event_id"));
            }
            default -> new RealtimeMessage.Unknown(type, event);
        };
    }

    private static RealtimeMessage responseDone(JsonObject response) {
        JsonObject error = object(object(response, "status_details"), "error");
        String code = text(error, "code");
        return new RealtimeMessage.ResponseDone(
                text(response, "id"),
                text(response, "status"),
                code.isEmpty() ? text(error, "type") : code,
                usage(object(response, "usage")));
    }

    /** Cached tokens without details are taken off the text first: text is cheaper, so the cost errs to the high side. */
    private static TokenUsage usage(JsonObject usage) {
        JsonObject input = object(usage, "input_token_details");
        JsonObject output = object(usage, "output_token_details");
        long textInput = count(input, "text_tokens");
        long audioInput = count(input, "audio_tokens");
        long cached = count(input, "cached_tokens");
        JsonObject details = object(input, "cached_tokens_details");
        long cachedText = details.isEmpty() ? Math.min(cached, textInput) : count(details, "text_tokens");
        long cachedAudio =
                details.isEmpty() ? Math.clamp(cached - cachedText, 0, audioInput) : count(details, "audio_tokens");
        return new TokenUsage(
                textInput,
                audioInput,
                cachedText,
                cachedAudio,
                count(output, "text_tokens"),
                count(output, "audio_tokens"));
    }

    private static long count(JsonObject object, String name) {
        return object.getLong(name, 0L);
    }

    private static String text(JsonObject object, String name) {
        return object.getValue(name) instanceof String text ? text : "";
    }

    private static JsonObject object(JsonObject object, String name) {
        return object.getValue(name) instanceof JsonObject inner ? inner : new JsonObject();
    }
}
