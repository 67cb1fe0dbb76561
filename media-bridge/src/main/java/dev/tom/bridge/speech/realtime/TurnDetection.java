package dev.tom.bridge.speech.realtime;

/** How the provider finds the end of the caller's turn. */
public sealed interface TurnDetection {

    /**
     * By silence.
     *
     * @param silenceMillis how long the caller must be silent. The service's own 500 ms would take most of a turn's 800 ms; below 300 ms
     *     it answers into the middle of sentences
     * @param threshold how loud speech must be, 0 to 1
     */
    record ServerVad(int silenceMillis, double threshold) implements TurnDetection {}

    /**
     * By what was said.
     *
     * @param eagerness {@code auto}, {@code low}, {@code medium} or {@code high}; waits for at most 4, 8, 4 or 2 s
     */
    record SemanticVad(String eagerness) implements TurnDetection {}

    /** The silence that the first-audio watchdog reckons with. */
    int USUAL_SILENCE_MILLIS = 300;

    /** How much longer than usual the provider may wait before it answers; the watchdog must wait with it. */
    default long patienceMillis() {
        return switch (this) {
            case ServerVad(int silence, double _) -> Math.max(0, silence - USUAL_SILENCE_MILLIS);
            case SemanticVad(String eagerness) ->
                switch (eagerness) {
                    case "low" -> 8_000;
                    case "high" -> 2_000;
                    default -> 4_000; // auto is medium
                };
        };
    }
}
