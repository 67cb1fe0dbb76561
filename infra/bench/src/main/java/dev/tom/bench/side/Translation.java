package dev.tom.bench.side;

import dev.tom.bench.wire.Sound;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Frames to the provider's messages and back, as plainly as it goes: no parser, no checks. */
final class Translation {

    static final String SESSION =
            "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"audio\"],"
                    + "\"audio\":{\"input\":{\"format\":{\"type\":\"audio/pcmu\"},\"turn_detection\":{\"type\":\"server_vad\"}},"
                    + "\"output\":{\"format\":{\"type\":\"audio/pcmu\"},\"voice\":\"marin\"}}}}";

    private static final String DELTA_TYPE = "response.output_audio.delta";
    private static final String DELTA = "\"delta\":\"";

    private byte[] codes = new byte[0];

    /** 16-bit little-endian PCM of the phone as an append. */
    String append(Buffer pcm) {
        int samples = pcm.length() / 2;
        if (codes.length != samples) {
            codes = new byte[samples];
        }
        for (int i = 0; i < samples; i++) {
            codes[i] = Sound.code(pcm.getShortLE(2 * i));
        }
        return "{\"type\":\"input_audio_buffer.append\",\"audio\":\""
                + Base64.getEncoder().encodeToString(codes) + "\"}";
    }

    /** The audio of a delta as PCM for the phone; empty for every other message. */
    Optional<Buffer> delta(String message) {
        int from = message.contains(DELTA_TYPE) ? message.indexOf(DELTA) : -1;
        if (from < 0) {
            return Optional.empty();
        }
        from += DELTA.length();
        byte[] coded = message.substring(from, message.indexOf('"', from)).getBytes(StandardCharsets.ISO_8859_1);
        byte[] audio = Base64.getDecoder().decode(coded);
        byte[] pcm = new byte[2 * audio.length];
        for (int i = 0; i < audio.length; i++) {
            short sample = Sound.decoded(audio[i]);
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return Optional.of(Buffer.buffer(pcm));
    }
}
