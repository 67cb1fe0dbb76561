package dev.tom.bridge.config;

import java.util.List;

/** What values a setting takes. */
public sealed interface Kind {

    /** Any text. */
    record Text() implements Kind {}

    /** Text that is never shown: not in messages, not in logs. */
    record Secret() implements Kind {}

    /** {@code true} or {@code false}. */
    record Flag() implements Kind {}

    /** A whole number from {@code min} to {@code max}. */
    record Whole(long min, long max) implements Kind {}

    /** A number from {@code min} to {@code max}, with a point when it is not whole. */
    record Decimal(double min, double max) implements Kind {}

    /** A moment in UTC, RFC 3339: {@code 2026-12-01T10:00:00Z}. */
    record Moment() implements Kind {}

    /** One of these words. */
    record Choice(List<String> words) implements Kind {}

    /** An absolute URL with one of these schemes. */
    record Url(List<String> schemes) implements Kind {}

    /** A path in the file system. */
    record File() implements Kind {}

    /** In one phrase, for messages and the reference page. */
    default String phrase() {
        return switch (this) {
            case Text() -> "text";
            case Secret() -> "secret text";
            case Flag() -> "true or false";
            case Whole(long min, long max) -> "a whole number from " + min + " to " + max;
            case Decimal(double min, double max) -> "a number from " + min + " to " + max;
            case Moment() -> "a moment in UTC such as 2026-12-01T10:00:00Z";
            case Choice(var words) -> String.join(" or ", words);
            case Url(var schemes) -> "a URL that begins with " + String.join(":// or ", schemes) + "://";
            case File() -> "a path";
        };
    }
}
