package dev.tom.bridge.speech.local;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Server-sent events (WHATWG HTML, section 9.2), data only. Bytes may be cut anywhere, also within a character. One stream; not
 * thread-safe.
 */
final class SseParser {

    /** Longest line, and longest event, in bytes. */
    static final int MAX_EVENT = 65_536;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private boolean afterReturn;

    /**
     * Takes the next bytes.
     *
     * @return the data of the events that are complete now
     * @throws IllegalStateException when an event is longer than {@link #MAX_EVENT}
     */
    List<String> feed(Buffer bytes) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < bytes.length(); i++) {
            byte b = bytes.getByte(i);
            if (b == '\n' && afterReturn) {
                afterReturn = false;
            } else if (b == '\n' || b == '\r') {
                afterReturn = b == '\r';
                endLine(events);
            } else {
                afterReturn = false;
                line.write(b);
                bound(line.size());
            }
        }
        return events;
    }

    private void endLine(List<String> events) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.isEmpty()) {
            if (hasData) {
                events.add(data.toString());
            }
            data.setLength(0);
            hasData = false;
        } else if (text.startsWith("data:")) {
            String value = text.substring(text.startsWith("data: ") ? 6 : 5);
            data.append(hasData ? "\n" : "").append(value);
            hasData = true;
            bound(data.length());
        }
    }

    private static void bound(int length) {
        if (length > MAX_EVENT) {
            throw new IllegalStateException("an event is longer than " + MAX_EVENT + " bytes");
        }
    }
}
