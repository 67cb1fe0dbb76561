package dev.tom.bridge.telephony;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a codec wrote. */
final class RecordingWire implements TelephonyCodec.Wire {

    /** Texts as strings, binary messages as buffers. */
    final List<Object> sent = new ArrayList<>();

    @Override
    public void sendBinary(Buffer message) {
        sent.add(message);
    }

    @Override
    public void sendText(String message) {
        sent.add(message);
    }

    /** The samples of an audio message. */
    static short[] samples(TelephonyMessage message) {
        ByteBuffer pcm = ((TelephonyMessage.Audio) message).pcm();
        short[] samples = new short[pcm.remaining() / 2];
        pcm.asShortBuffer().get(samples);
        return samples;
    }

    /** A frame of which every sample is this. */
    static short[] frame(int samples, int value) {
        short[] frame = new short[samples];
        Arrays.fill(frame, (short) value);
        return frame;
    }
}
