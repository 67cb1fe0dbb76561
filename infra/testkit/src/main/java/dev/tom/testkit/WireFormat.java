package dev.tom.testkit;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The audio formats of the realtime protocol, with their coding (G.711 by the segments of the recommendation, no tables). */
public enum WireFormat {
    PCMU("audio/pcmu", 8_000, 1),
    PCMA("audio/pcma", 8_000, 1),
    PCM24("audio/pcm", 24_000, 2);

    private static final int MU_BIAS = 0x84;
    private static final int MU_CLIP = 32_635;

    private final String type;
    private final int rate;
    private final int bytesPerSample;

    WireFormat(String type, int rate, int bytesPerSample) {
        this.type = type;
        this.rate = rate;
        this.bytesPerSample = bytesPerSample;
    }

    public int rate() {
        return rate;
    }

    public int bytesPerMilli() {
        return rate * bytesPerSample / 1_000;
    }

    /** The format named by a session's {@code format} object; empty when the protocol has no such format. */
    static Optional<WireFormat> of(JsonObject format) {
        for (WireFormat each : values()) {
            boolean rateFits = each == PCM24 ? format.getInteger("rate", 0) == each.rate : !format.containsKey("rate");
            if (each.type.equals(format.getString("type")) && rateFits) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    JsonObject json() {
        JsonObject json = new JsonObject().put("type", type);
        return this == PCM24 ? json.put("rate", rate) : json;
    }

    short[] decode(byte[] wire) {
        short[] samples = new short[wire.length / bytesPerSample];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = switch (this) {
                case PCMU -> muToLinear(wire[i]);
                case PCMA -> aToLinear(wire[i]);
                case PCM24 -> (short) ((wire[2 * i] & 0xff) | wire[2 * i + 1] << 8);
            };
        }
        return samples;
    }

    /** What is left of samples after they were coded and decoded; they have to be at this format's rate. */
    public short[] throughTheWire(short[] samples) {
        return decode(encode(samples, 0, samples.length));
    }

    byte[] encode(short[] samples, int from, int to) {
        byte[] wire = new byte[(to - from) * bytesPerSample];
        for (int i = from; i < to; i++) {
            switch (this) {
                case PCMU -> wire[i - from] = linearToMu(samples[i]);
                case PCMA -> wire[i - from] = linearToA(samples[i]);
                case PCM24 -> {
                    wire[2 * (i - from)] = (byte) samples[i];
                    wire[2 * (i - from) + 1] = (byte) (samples[i] >> 8);
                }
            }
        }
        return wire;
    }

    static byte linearToMu(short sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs((int) sample), MU_CLIP) + MU_BIAS;
        int segment = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int step = magnitude >> (segment + 3) & 0x0f;
        return (byte) ~(sign | segment << 4 | step);
    }

    static short muToLinear(byte code) {
        int bits = ~code & 0xff;
        int magnitude = ((((bits & 0x0f) << 3) + MU_BIAS) << (bits >> 4 & 7)) - MU_BIAS;
        return (short) ((bits & 0x80) == 0 ? magnitude : -magnitude);
    }

    static byte linearToA(short sample) {
        int sign = sample >= 0 ? 0x80 : 0;
        int magnitude = (sample >= 0 ? sample : ~sample) >> 4;
        int segment = magnitude < 16 ? 0 : 31 - Integer.numberOfLeadingZeros(magnitude) - 3;
        int step = magnitude >> Math.max(0, segment - 1) & 0x0f;
        return (byte) ((sign | segment << 4 | step) ^ 0x55);
    }

    static short aToLinear(byte code) {
        int bits = (code ^ 0x55) & 0xff;
        int segment = bits >> 4 & 7;
        int step = (bits & 0x0f) << 4;
        int magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
        return (short) ((bits & 0x80) != 0 ? magnitude : -magnitude);
    }
}
