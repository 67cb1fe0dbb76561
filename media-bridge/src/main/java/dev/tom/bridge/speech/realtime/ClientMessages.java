package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.speech.Utterance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Client events as text messages, audio excepted ({@link AppendMessage}). Pure. */
final class ClientMessages {

    static final String CANCEL = "{\"type\":\"response.cancel\"}";
    static final String CREATE_RESPONSE = "{\"type\":\"response.create\"}";

    /** Keeps a model that was given a history from starting over. */
    private static final String CONTINUES =
            "The conversation above is still going on with the same caller, after a change of the connection. Do not greet, do not"
                    + " introduce yourself again, and keep the language.";

    private static final String CUT_OFF = " …";

    private ClientMessages() {}

    /** What was said before this session began. */
    static String item(Utterance utterance) {
        return switch (utterance.speaker()) {
            case CALLER -> item("user", "input_text", utterance.text());
            case ASSISTANT ->
                item(
                        "assistant",
                        "output_text",
                        utterance.interrupted() ? utterance.text() + CUT_OFF : utterance.text());
        };
    }

    /** Says, after the history, that the conversation continues. */
    static String continuation() {
        return item("system", "input_text", CONTINUES);
    }

    /** Of this item only so much was heard. */
    static String truncate(String itemId, long heardMillis) {
        return new JsonObject()
                .put("type", "conversation.item.truncate")
                .put("item_id", itemId)
                .put("content_index", 0)
                .put("audio_end_ms", heardMillis)
                .encode();
    }

    /** Of this item nothing was heard. */
    static String delete(String itemId) {
        return new JsonObject()
                .put("type", "conversation.item.delete")
                .put("item_id", itemId)
                .encode();
    }

    private static String item(String role, String contentType, String text) {
        JsonObject content = new JsonObject().put("type", contentType).put("text", text);
        JsonObject item =
                new JsonObject().put("type", "message").put("role", role).put("content", new JsonArray().add(content));
        return new JsonObject()
                .put("type", "conversation.item.create")
                .put("item", item)
                .encode();
    }
}
