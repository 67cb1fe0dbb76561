package dev.tom.bridge.telephony;

import dev.tom.bridge.telephony.access.TokenBucket;
import java.util.Optional;

/** Whether what a leg receives is within its limits. One leg's. */
final class MessageBounds {

    /**
     * A bound that was passed.
     *
     * @param name for the counter
     * @param code to close with
     * @param sentence why
     */
    record Excess(String name, int code, String sentence) {}

    private final TelephonyLimits limits;
    private final TokenBucket messages;
    private final TokenBucket bytes;
    private int garbageTexts;

    MessageBounds(TelephonyLimits limits, long nowNanos) {
        this.limits = limits;
        this.messages = new TokenBucket(limits.messagesPerSecond(), limits.messageBurst(), nowNanos);
        this.bytes = new TokenBucket(limits.audioBytesPerSecond(), limits.audioBurstBytes(), nowNanos);
    }

    Optional<Excess> text(int length, long nowNanos) {
        return message("text", length, limits.maxTextBytes(), nowNanos);
    }

    Optional<Excess> audio(int length, long nowNanos) {
        return message("audio", length, limits.maxAudioBytes(), nowNanos);
    }

    /** One more text that is not of the dialect. */
    Optional<Excess> garbage() {
        return ++garbageTexts > limits.maxGarbageTexts()
                ? Optional.of(new Excess(
                        "garbage", CloseCodes.POLICY, "too many text messages that are not of this protocol"))
                : Optional.empty();
    }

    private Optional<Excess> message(String kind, int length, int most, long nowNanos) {
        if (length > most) {
            return Optional.of(new Excess(kind, CloseCodes.TOO_BIG, kind + " message of more than " + most + " bytes"));
        }
        if (!messages.take(1, nowNanos)) {
            return Optional.of(new Excess(
                    "messages", CloseCodes.POLICY, "more than " + limits.messagesPerSecond() + " messages a second"));
        }
        if (!bytes.take(length, nowNanos)) {
            return Optional.of(new Excess(
                    "bytes", CloseCodes.POLICY, "more than " + limits.audioBytesPerSecond() + " bytes a second"));
        }
        return Optional.empty();
    }
}
