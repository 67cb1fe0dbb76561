package dev.tom.faults;

/** What becomes of a call. */
sealed interface Outcome {

    /** It goes on with the local pipeline; {@code reason} is the label of {@code tom_call_failover_total}. */
    record Moved(String reason) implements Outcome {}

    /** It goes on with the provider, in a new session. */
    record NewSession() implements Outcome {}

    /** It goes on with the provider, in the same session. */
    record Stayed() implements Outcome {}

    default String text() {
        return switch (this) {
            case Moved(String reason) -> "local, " + reason;
            case NewSession() -> "new session";
            case Stayed() -> "same session";
        };
    }
}
