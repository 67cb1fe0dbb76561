package dev.tom.bridge.telephony;

/**
 * What the far side's buffering asks of the playout, all in milliseconds of audio.
 *
 * @param leadMillis sent ahead at the start of an answer, before pacing begins
 * @param tailPaddingMillis zeros after an answer, so that the far side's pre-buffer gives the last samples away
 * @param clearPaddingMillis zeros right before a clear, so that a pre-buffer that survives the clear holds silence
 * @param clearPauseMillis nothing is sent for so long after a clear, because the far side drops it
 */
public record PlayoutTraits(int leadMillis, int tailPaddingMillis, int clearPaddingMillis, int clearPauseMillis) {}
