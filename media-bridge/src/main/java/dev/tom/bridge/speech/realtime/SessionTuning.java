package dev.tom.bridge.speech.realtime;

import java.util.OptionalInt;

/**
 * How a session behaves. What has the provider's own default is not sent, so that a server which does not know it is not asked.
 *
 * @param turnDetection how the end of a turn is found
 * @param transcriptionModel writes down what the caller says; empty: nothing is written down, and another backend that takes the call
 *     over knows the caller's words only from their audio
 * @param noiseReduction {@code near_field} or {@code far_field}; empty: none
 * @param maxOutputTokens of one answer; empty: as many as the model likes
 * @param speed of the voice, 0.25 to 1.5
 * @param maxSessionSeconds how old a session gets before a fresh one follows at the next pause
 */
public record SessionTuning(
        TurnDetection turnDetection,
        String transcriptionModel,
        String noiseReduction,
        OptionalInt maxOutputTokens,
        double speed,
        int maxSessionSeconds) {

    /** The provider's threshold of loudness. */
    public static final double OWN_THRESHOLD = 0.5;

    /** The voice as it is. */
    public static final double OWN_SPEED = 1;

    /** The documented end is at 60 minutes; five of them are left to find a pause. */
    public static final SessionTuning DEFAULT = new SessionTuning(
            new TurnDetection.ServerVad(300, OWN_THRESHOLD),
            "gpt-4o-mini-transcribe",
            "",
            OptionalInt.empty(),
            OWN_SPEED,
            3_300);
}
