package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.json.JsonObject;

/** The audio formats that a session is asked for, one for each kind of leg. */
enum WireFormat {
    /** G.711 mu-law at 8 kHz, what a trunk carries: no resampling. */
    PCMU("audio/pcmu", 8_000),
    /** 16-bit little-endian PCM; the protocol knows it at 24 kHz only. */
    PCM("audio/pcm", 24_000);

    private final String type;
    private final int sampleRate;

    WireFormat(String type, int sampleRate) {
        this.type = type;
        this.sampleRate = sampleRate;
    }

    static WireFormat of(AudioFormat leg) {
        return switch (leg) {
            case NARROWBAND -> PCMU;
            case WIDEBAND -> PCM;
        };
    }

    /** The protocol's name. */
    String type() {
        return type;
    }

    /**
     * Whether a session speaks it. Telephone audio must be told; the protocol's own format is also spoken by servers that do not repeat it.
     *
     * @param told type of the format in the provider's words, empty when it said nothing
     */
    boolean isConfirmedBy(String told) {
        return told.equals(type) || this == PCM && told.isEmpty();
    }

    int sampleRate() {
        return sampleRate;
    }

    JsonObject json() {
        JsonObject json = new JsonObject().put("type", type);
        return switch (this) {
            case PCMU -> json;
            case PCM -> json.put("rate", sampleRate);
        };
    }
}
