package dev.tom.bridge.speech.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.speech.Utterance;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatResponderTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpCalls calls = new HttpCalls(vertx, URI.create("http://127.0.0.1:1/v1"), "the language model");

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void sendsInstructionsAndTheConversation() {
        JsonObject request = new ChatResponder(calls, "m", "Sei kurz.")
                .request(List.of(
                        Utterance.caller("Hallo."), Utterance.assistant("Guten", true), Utterance.caller("Moment.")));
        assertThat(request.getString("model")).isEqualTo("m");
        assertThat(request.getBoolean("stream")).isTrue();
        assertThat(request.getJsonArray("messages"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject().put("role", "system").put("content", "Sei kurz."))
                        .add(new JsonObject().put("role", "user").put("content", "Hallo."))
                        .add(new JsonObject().put("role", "assistant").put("content", "Guten …"))
                        .add(new JsonObject().put("role", "user").put("content", "Moment.")));
    }

    @Test
    void leavesOutTheOldestAndHasInstructionsOfItsOwn() {
        JsonArray messages = new ChatResponder(calls, "m", " ")
                .request(Collections.nCopies(100, Utterance.caller("Hallo.")))
                .getJsonArray("messages");
        assertThat(messages).hasSize(ChatResponder.MAX_HISTORY + 1);
        assertThat(messages.getJsonObject(0).getString("content")).isEqualTo(Phrases.INSTRUCTIONS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"Ja\"}}]}|Ja",
                "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}|``",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}|``",
                "{\"choices\":[],\"usage\":{\"total_tokens\":3}}|``",
                "{\"object\":\"ping\"}|``"
            })
    void readsTheWordsOfAnEvent(String event, String content) {
        assertThat(ChatResponder.content(event)).isEqualTo(content);
    }
}
