package dev.tom.bridge.telephony;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;

/** Texts that are one JSON object, read from their bytes without a string or a tree in between. One leg's. */
final class JsonText {

    private static final int MAX_DEPTH = 16;
    private static final int USUAL_MESSAGE = 512;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    /** Grows to the longest message seen, which the limits bound. */
    private byte[] work = new byte[USUAL_MESSAGE];

    /** A parser over the bytes of a message; valid until the next call. */
    JsonParser parser(Buffer message) throws IOException {
        int length = message.length();
        if (work.length < length) {
            work = Arrays.copyOf(work, length);
        }
        message.getBytes(0, length, work, 0);
        return JSON.createParser(work, 0, length);
    }

    /** The string that the parser stands on, or empty when it is of another kind. */
    static String string(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return "";
    }

    /** The object that the parser stands on, its whole numbers and truths as texts; lists and what else there is are left out. */
    static JsonObject strings(JsonParser parser) throws IOException {
        JsonObject object = new JsonObject();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return object;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            switch (parser.nextToken()) {
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_TRUE, VALUE_FALSE -> object.put(name, parser.getText());
                case START_OBJECT -> object.put(name, strings(parser));
                default -> parser.skipChildren();
            }
        }
        return object;
    }
}
