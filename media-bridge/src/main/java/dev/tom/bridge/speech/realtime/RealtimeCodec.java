package dev.tom.bridge.speech.realtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.TranscriptionUsage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Server events from their bytes. Pure. Audio is decoded straight from the bytes of the message; everything else is small and goes
 * through {@link JsonObject}.
 */
final class RealtimeCodec {

    private static final String AUDIO_DELTA = "response.output_audio.delta";
    private static final int MAX_DEPTH = 64;
    private static final byte[] NO_AUDIO = {};

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
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                Object value = value(parser);
                if ("type".equals(name) && AUDIO_DELTA.equals(value) && !fields.containsKey("delta")) {
                    return audioDelta(parser, fields);
                }
                fields.put(name, value);
            }
            return read(fields);
        } catch (IOException e) {
            return new RealtimeMessage.Malformed("is no valid JSON");
        } catch (ClassCastException | IllegalArgumentException e) {
            return new RealtimeMessage.Malformed("has a field of the wrong type");
        }
    }

    /** The rest of an audio delta: only what is needed of it becomes an object. */
    private static RealtimeMessage audioDelta(JsonParser parser, JsonObject before) throws IOException {
        String responseId = text(before, "response_id");
        String itemId = text(before, "item_id");
        byte[] audio = NO_AUDIO;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                parser.skipChildren();
                continue;
            }
            switch (name) {
                case "response_id" -> responseId = parser.getText();
                case "item_id" -> itemId = parser.getText();
                case "delta" -> audio = parser.getBinaryValue();
                default -> {
                    // Where it belongs within the item does not matter: items are spoken in their order.
                }
            }
        }
        return new RealtimeMessage.AudioDelta(responseId, itemId, audio);
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

    private static RealtimeMessage read(JsonObject event) {
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
                new RealtimeMessage.CallerTranscript(
                        text(event, "item_id"), text(event, "transcript"), transcription(object(event, "usage")));
            case "conversation.item.input_audio_transcription.failed" ->
                new RealtimeMessage.TranscriptFailed(text(event, "item_id"), text(object(event, "error"), "code"));
            case "rate_limits.updated" -> rateLimits(event);
            case "response.created" -> new RealtimeMessage.ResponseCreated(text(object(event, "response"), "id"));
            case AUDIO_DELTA ->
                new RealtimeMessage.AudioDelta(
                        text(event, "response_id"),
                        text(event, "item_id"),
                        // The type came after the delta, so it was read as text.
                        Base64.getDecoder().decode(text(event, "delta")));
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

    private static RealtimeMessage rateLimits(JsonObject event) {
        List<RealtimeMessage.RateLimit> limits = new ArrayList<>();
        if (event.getValue("rate_limits") instanceof JsonArray told) {
            for (Object one : told) {
                if (one instanceof JsonObject limit) {
                    limits.add(new RealtimeMessage.RateLimit(
                            text(limit, "name"), limit.getDouble("limit", 0.0), limit.getDouble("remaining", 0.0)));
                }
            }
        }
        return new RealtimeMessage.RateLimits(limits);
    }

    /** By tokens or by time, as the model is charged. */
    private static TranscriptionUsage transcription(JsonObject usage) {
        return new TranscriptionUsage(
                "",
                count(usage, "input_tokens"),
                count(usage, "output_tokens"),
                Math.round(1_000 * usage.getDouble("seconds", 0.0)));
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
        TokenUsage read = new TokenUsage(
                textInput,
                audioInput,
                cachedText,
                cachedAudio,
                count(output, "text_tokens"),
                count(output, "audio_tokens"));
        return details.isEmpty() && cached > 0 ? read.assumingCached() : read;
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
