package dev.tom.bridge.telephony;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Collects an answer into pieces that a switch plays as files: raw 16-bit PCM in base64 within one JSON text. One leg's.
 */
final class AnswerFile {

    private final String head;
    private final int pieceBytes;
    private Buffer collected = Buffer.buffer();

    /**
     * @param head everything in front of the base64, up to its opening quote
     * @param pieceMillis so much makes a file
     */
    AnswerFile(String head, AudioFormat format, int pieceMillis) {
        this.head = head;
        this.pieceBytes = pieceMillis / AudioFormat.FRAME_MILLIS * format.bytesPerFrame();
    }

    void add(Buffer frame, TelephonyCodec.Wire wire) {
        collected.appendBuffer(frame);
        if (collected.length() >= pieceBytes) {
            send(wire);
        }
    }

    /** Sends what is left, if anything. */
    void end(TelephonyCodec.Wire wire) {
        if (collected.length() > 0) {
            send(wire);
        }
    }

    void forget() {
        collected = Buffer.buffer();
    }

    private void send(TelephonyCodec.Wire wire) {
        byte[] coded = Base64.getEncoder().encode(collected.getBytes());
        wire.sendText(head + new String(coded, StandardCharsets.ISO_8859_1) + "\"}}");
        forget();
    }
}
