package dev.tom.testkit;

import java.time.Instant;

/**
 * One thing a caller said, by the clock of its frames: a frame leaves when its last sample was spoken.
 *
 * @param onsetAt when the frame with the first voiced sample left
 * @param endAt when the frame with the last voiced sample left
 * @param sentAt when the last frame left
 */
public record Spoken(Instant onsetAt, Instant endAt, Instant sentAt) {}
