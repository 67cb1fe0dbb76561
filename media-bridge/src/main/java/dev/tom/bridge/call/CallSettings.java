package dev.tom.bridge.call;

/**
 * The limits of one call, in milliseconds unless named otherwise.
 *
 * @param connectTimeoutMillis from opening a provider link to its being ready
 * @param stallMillis from the caller's last voiced sample to the first audio of the provider's answer
 * @param localStallMillis from the end of a turn to the first audio of the local pipeline, and from opening its link to its being ready
 * @param dryMillis how long a begun answer may pause
 * @param fillerAfterMillis how long a caller whose call was moved waits before a filler
 * @param leaveMillis how long a call goes on after the end of the caller's audio
 * @param noiseMillis an utterance with less voice than this may have been a noise
 * @param fallback whether the policy allows the local pipeline after a failure of the provider
 * @param localAvailable whether there is a local pipeline
 * @param providerOpens whether a provider session may be opened now
 * @param overflow what is done with callers for whom the local pipeline has no room
 */
public record CallSettings(
        long connectTimeoutMillis,
        long stallMillis,
        long localStallMillis,
        long dryMillis,
        long fillerAfterMillis,
        long leaveMillis,
        int noiseMillis,
        boolean fallback,
        boolean localAvailable,
        boolean providerOpens,
        Overflow overflow) {

    /**
     * What is done with callers for whom the local pipeline has no room.
     *
     * @param localSaturated whether it has none now
     * @param extension where they are transferred to; empty: nowhere is configured, or the leg cannot transfer, and the call ends
     */
    public record Overflow(boolean localSaturated, String extension) {
        public static final Overflow NONE = new Overflow(false, "");
    }

    /** A stall is noticed 1.25 s after the caller's last voiced sample. */
    public static final CallSettings DEFAULT =
            new CallSettings(2_000, 1_250, 8_000, 1_200, 300, 30_000, 250, true, true, true, Overflow.NONE);

    public CallSettings with(boolean fallbackAllowed, boolean localThere) {
        return new CallSettings(
                connectTimeoutMillis,
                stallMillis,
                localStallMillis,
                dryMillis,
                fillerAfterMillis,
                leaveMillis,
                noiseMillis,
                fallbackAllowed,
                localThere,
                providerOpens,
                overflow);
    }

    /** With a provider that answers later by so many milliseconds, because it was told to wait for the end of a sentence. */
    public CallSettings withPatience(long millis) {
        return new CallSettings(
                connectTimeoutMillis,
                stallMillis + millis,
                localStallMillis,
                dryMillis,
                fillerAfterMillis,
                leaveMillis,
                noiseMillis,
                fallback,
                localAvailable,
                providerOpens,
                overflow);
    }

    public CallSettings withProviderOpens(boolean opens) {
        return new CallSettings(
                connectTimeoutMillis,
                stallMillis,
                localStallMillis,
                dryMillis,
                fillerAfterMillis,
                leaveMillis,
                noiseMillis,
                fallback,
                localAvailable,
                opens,
                overflow);
    }

    public CallSettings with(Overflow other) {
        return new CallSettings(
                connectTimeoutMillis,
                stallMillis,
                localStallMillis,
                dryMillis,
                fillerAfterMillis,
                leaveMillis,
                noiseMillis,
                fallback,
                localAvailable,
                providerOpens,
                other);
    }
}
