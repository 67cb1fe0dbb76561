package dev.tom.bridge.telephony;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The control texts of {@code chan_websocket} in both of their forms: a JSON object, or {@code EVENT key:value key:value} on one line.
 * Commands are written in the form that was read last. One leg's.
 */
final class AsteriskControl {

    /** The name of the event in what was read. */
    static final String EVENT = "event";

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z_]{1,39}");
    /** The words behind the event in a plain text; more are not read. */
    private static final int MAX_WORDS = 32;

    private final JsonText json = new JsonText();
    private boolean speaksJson;

    /** Whether the other side speaks JSON. */
    boolean speaksJson() {
        return speaksJson;
    }

    /** The fields of a text, with its name under {@link #EVENT}; without that field when it is neither form. */
    JsonObject read(Buffer message) {
        boolean looksLikeJson = message.length() > 0 && message.getByte(0) == '{';
        JsonObject read = looksLikeJson ? readJson(message) : readPlain(message.toString());
        if (read.getValue(EVENT) instanceof String name && NAME.matcher(name).matches()) {
            speaksJson = looksLikeJson;
            return read;
        }
        return new JsonObject();
    }

    private JsonObject readJson(Buffer message) {
        try (JsonParser parser = json.parser(message)) {
            JsonObject read =
                    parser.nextToken() == JsonToken.START_OBJECT ? JsonText.strings(parser) : new JsonObject();
            return parser.nextToken() == null ? read : new JsonObject();
        } catch (IOException e) {
            return new JsonObject();
        }
    }

    private static JsonObject readPlain(String text) {
        String[] words = text.strip().split(" +", MAX_WORDS);
        JsonObject read = new JsonObject().put(EVENT, words[0]);
        for (int i = 1; i < words.length; i++) {
            int colon = words[i].indexOf(':');
            if (words[i].startsWith("error_text:")) {
                read.put("error_text", text.substring(text.indexOf("error_text:") + "error_text:".length()));
                return read;
            }
            if (colon > 0) {
                read.put(words[i].substring(0, colon), words[i].substring(colon + 1));
            } else {
                read.put("correlation_id", words[i]);
            }
        }
        return read;
    }

    /** A command without parameters. */
    String command(String name) {
        return speaksJson ? "{\"command\":\"" + name + "\"}" : name;
    }

    /** Asks for a report when everything in front of it was played. */
    String mark(String id) {
        return speaksJson ? "{\"command\":\"MARK_MEDIA\",\"correlation_id\":\"" + id + "\"}" : "MARK_MEDIA " + id;
    }
}
