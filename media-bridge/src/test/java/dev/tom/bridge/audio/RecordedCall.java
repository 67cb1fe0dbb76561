package dev.tom.bridge.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The caller's voice of a recorded call (src/test/resources/traces). */
final class RecordedCall {

    private static final Pattern PAYLOAD =
            Pattern.compile("\"dir\":\"in\",\"kind\":\"binary\",.*\"payload\":\"([^\"]+)\"");

    private RecordedCall() {}

    static short[] voice(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = RecordedCall.class.getResourceAsStream("/traces/" + name + ".jsonl")) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            for (Matcher payload = PAYLOAD.matcher(text); payload.find(); ) {
                bytes.writeBytes(Base64.getDecoder().decode(payload.group(1)));
            }
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
        ByteBuffer pcm = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        int channels = name.contains("stereo") ? 2 : 1;
        short[] out = new short[pcm.remaining() / 2 / channels];
        for (int i = 0; i < out.length; i++) {
            out[i] = pcm.getShort(2 * channels * i);
        }
        return out;
    }
}
