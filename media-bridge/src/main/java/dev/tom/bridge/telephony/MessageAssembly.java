package dev.tom.bridge.telephony;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;

/**
 * Messages out of WebSocket frames, as bytes: a text need not become a string to be read. Most messages are one frame and are passed
 * on as they are. One leg's.
 */
final class MessageAssembly {

    /** Hears of whole messages; a message that grows beyond the bound is passed on as it is then, to be refused. */
    interface Messages {
        void text(Buffer message);

        void binary(Buffer message);
    }

    private final int maxBytes;
    private final Messages messages;
    private Buffer parts = Buffer.buffer();
    private boolean partsAreText;

    /**
     * @param maxBytes from which a fragmented message is not collected any further
     */
    MessageAssembly(int maxBytes, Messages messages) {
        this.maxBytes = maxBytes;
        this.messages = messages;
    }

    void frame(WebSocketFrame frame) {
        if (frame.isText() || frame.isBinary()) {
            if (frame.isFinal()) {
                pass(frame.isText(), frame.binaryData());
            } else {
                partsAreText = frame.isText();
                parts = Buffer.buffer().appendBuffer(frame.binaryData());
            }
        } else if (frame.isContinuation()) {
            parts.appendBuffer(frame.binaryData());
            if (frame.isFinal() || parts.length() > maxBytes) {
                Buffer whole = parts;
                parts = Buffer.buffer();
                pass(partsAreText, whole);
            }
        }
    }

    private void pass(boolean text, Buffer message) {
        if (text) {
            messages.text(message);
        } else {
            messages.binary(message);
        }
    }
}
