package dev.tom.bridge.telephony;

import java.time.Duration;

/**
 * Bounds of one telephone socket.
 *
 * @param maxTextBytes of a text message; more closes with 1009
 * @param maxAudioBytes of a binary message: 5 s of 16 kHz stereo is what a switch may send after a slow upgrade; more closes with 1009
 * @param maxFrameBytes of any message on the wire; above it the protocol layer closes before the message is read
 * @param messagesPerSecond that may come for long: media is 50, the rest is room for texts
 * @param messageBurst that may come at once: what queued while one side stood still
 * @param audioBytesPerSecond that may come for long: four times the richest leg
 * @param audioBurstBytes that may come at once
 * @param maxGarbageTexts so many texts that are no JSON are ignored; one more closes with 1008
 * @param firstSign a socket that sends neither metadata nor audio for so long is closed: the switch leaves such orphans behind
 * @param metadataPatience when audio comes first, metadata may follow for so long before the call starts without
 * @param callerAudioAge caller audio that is older than this when it is read, because nothing was read for longer, is dropped: as
 *     much as a switch itself would hold back
 * @param ping so often
 * @param silence a socket on which nothing arrives for so long, not even an answer to a ping, is dead
 * @param closing the far side's time to answer our close
 * @param writeQueueBytes from which the write queue counts as full
 */
public record TelephonyLimits(
        int maxTextBytes,
        int maxAudioBytes,
        int maxFrameBytes,
        int messagesPerSecond,
        int messageBurst,
        int audioBytesPerSecond,
        int audioBurstBytes,
        int maxGarbageTexts,
        Duration firstSign,
        Duration metadataPatience,
        Duration callerAudioAge,
        Duration ping,
        Duration silence,
        Duration closing,
        int writeQueueBytes) {

    public static final TelephonyLimits DEFAULT = new TelephonyLimits(
            64 * 1024,
            330_000,
            1024 * 1024,
            120,
            1_200,
            256_000,
            2_000_000,
            20,
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofSeconds(2),
            64 * 1024);

    /** With another bound of messages a second, and room at once for ten seconds of them. */
    public TelephonyLimits withMessagesPerSecond(int messages) {
        return new TelephonyLimits(
                maxTextBytes,
                maxAudioBytes,
                maxFrameBytes,
                messages,
                10 * messages,
                audioBytesPerSecond,
                audioBurstBytes,
                maxGarbageTexts,
                firstSign,
                metadataPatience,
                callerAudioAge,
                ping,
                silence,
                closing,
                writeQueueBytes);
    }
}
