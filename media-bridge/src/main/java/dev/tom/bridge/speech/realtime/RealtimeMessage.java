package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.TranscriptionUsage;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;

/** What the provider says, as far as a telephone call needs it. Absent words are empty strings. */
sealed interface RealtimeMessage {

    /**
     * The session exists with its default settings.
     *
     * @param expiresAtSeconds when the provider will end it, Unix time
     */
    record SessionCreated(String sessionId, OptionalLong expiresAtSeconds) implements RealtimeMessage {}

    /**
     * Our settings hold from here on.
     *
     * @param inputFormat type of the input format, empty when not told
     * @param outputFormat type of the output format, empty when not told
     */
    record SessionUpdated(String inputFormat, String outputFormat) implements RealtimeMessage {}

    /** The provider heard the caller begin. {@code itemId} names the coming item of the caller. */
    record SpeechStarted(String itemId) implements RealtimeMessage {}

    /**
     * What the caller said; may come after the answer to it began.
     *
     * @param usage what it is charged with, its model left empty
     */
    record CallerTranscript(String itemId, String text, TranscriptionUsage usage) implements RealtimeMessage {}

    /** What the caller said could not be written down; the answer does not depend on it. */
    record TranscriptFailed(String itemId, String errorCode) implements RealtimeMessage {}

    /** What is left of the provider's rations. */
    record RateLimits(List<RateLimit> limits) implements RealtimeMessage {
        public RateLimits {
            limits = List.copyOf(limits);
        }
    }

    /**
     * One ration.
     *
     * @param name {@code requests} or {@code tokens}
     */
    record RateLimit(String name, double limit, double remaining) {}

    /** A response is being made. */
    record ResponseCreated(String responseId) implements RealtimeMessage {}

    /**
     * Audio of an answer.
     *
     * @param audio bytes in the agreed format; owned by the message
     */
    @SuppressWarnings("ArrayRecordComponent") // consumed once, never compared
    record AudioDelta(String responseId, String itemId, byte[] audio) implements RealtimeMessage {}

    /** Words of an answer. */
    record TranscriptDelta(String responseId, String itemId, String text) implements RealtimeMessage {}

    /**
     * A response is over.
     *
     * @param status {@code completed}, {@code cancelled}, {@code failed} or {@code incomplete}
     * @param errorCode of a failed response
     */
    record ResponseDone(String responseId, String status, String errorCode, TokenUsage usage)
            implements RealtimeMessage {}

    /**
     * Something is wrong; most errors leave the session open.
     *
     * @param causedBy the {@code event_id} of our message that caused it
     */
    record ErrorEvent(String type, String code, String message, String causedBy) implements RealtimeMessage {}

    /** An event that this bridge has no use for, kept as it came. */
    record Unknown(String type, JsonObject fields) implements RealtimeMessage {}

    /**
     * No event at all.
     *
     * @param why end of a sentence that begins with "a message"
     */
    record Malformed(String why) implements RealtimeMessage {}
}
